import type { Account } from '#http/contract/accounts.ts';

/** Whether the customer can pay from the account. A bank is given an account number, which a card does not have. */
export function canPayFrom({ consentStatus, accountNumber }: Account): boolean {
  return consentStatus === 'active' && accountNumber !== null;
}
