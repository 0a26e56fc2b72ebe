import type { BalanceKind } from '../banking/balance.ts';
import type { Money } from '../money.ts';

/**
 * The result of comparing an account's balances at two providers. `not_comparable`: they are of other kinds or
 * currencies. `not_readable`: one of the providers gave none.
 */
export type ParityOutcome = 'equal' | 'different' | 'not_comparable' | 'not_readable';

/** A balance with its kind, as one provider reports it. */
export interface ReportedBalance {
  money: Money;
  kind: BalanceKind;
}

/** Compares the balances of one account at two providers. */
export function compareBalances(
  one: ReportedBalance,
  other: ReportedBalance,
): Exclude<ParityOutcome, 'not_readable'> {
  if (one.kind !== other.kind || one.money.currency !== other.money.currency) return 'not_comparable';
  return one.money.amount === other.money.amount ? 'equal' : 'different';
}
