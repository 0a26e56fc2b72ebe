import type { AccountKey } from '#services/open-banking/service.ts';
import type { BankAccount } from '#store/bank-accounts.ts';
import type { UseCaseContext } from '../context.ts';
import { consentKeyOf } from './consent-key.ts';

/** What a provider is given to read an account by. */
export function accountKeyOf(
  context: UseCaseContext,
  { reference, accountNumber, connectionId, consentReference = '', bankId }: BankAccount,
): AccountKey {
  const consent = consentKeyOf(context, { connectionId, reference: consentReference, bankId });
  return { reference, accountNumber, consent };
}
