import { formatAccountNumber } from '#domain/banking/account-number.ts';
import type { Account } from '#http/contract/accounts.ts';

/** The account's name, with what tells it from others of that name, for controls that screen readers list. */
export function accountLabel({ name, accountNumber, bankName }: Account, unnamed: string): string {
  return `${name ?? unnamed}, ${accountNumber ? formatAccountNumber(accountNumber) : bankName}`;
}
