import { z } from 'zod';
import type { LedgerAccount } from '#emulation/bank/ledger.ts';
import { accountNumberIn } from './account-number-in.ts';
import { identification } from './payment-resource.ts';
import { refuse } from './refusal.ts';

/** The accounts that a consent is asked for (OpenAPI, `Access`, `AccountIdentification`). */
export const requestedAccounts = z.array(
  z.object({ iban: z.string().nullish(), other: identification.nullish() }),
);
export type RequestedAccount = z.output<typeof requestedAccounts>[number];

export function judgeRequestedAccounts(accounts: readonly RequestedAccount[] | null | undefined): void {
  const isNameless = ({ iban, other }: RequestedAccount): boolean => !iban && !other;
  if (accounts?.some(isNameless)) throw refuse('INVALID_ACCOUNT_ID');
}

/** Whether a consent may cover `account`. The customer shares at most the requested accounts; by default, any. */
export function isRequested(
  { accountNumber }: LedgerAccount,
  accounts: readonly RequestedAccount[] | undefined,
): boolean {
  return accounts === undefined || accounts.some((requested) => numberOf(requested) === accountNumber);
}

function numberOf({ iban, other }: RequestedAccount): string | undefined {
  if (iban) return accountNumberIn({ identification: iban, scheme_name: 'IBAN' });
  return other ? accountNumberIn(other) : undefined;
}
