import type { BalanceKind } from '#domain/banking/balance.ts';
import type { Money } from '#domain/money.ts';
import type { Account } from '#http/contract/accounts.ts';

type Shown = Pick<Account, 'bankName' | 'balance' | 'balanceKind' | 'balanceAt' | 'isPaidSince'>;

/** The accounts of each bank, in the order in which the server lists them. */
export function byBank<Own extends Shown>(accounts: readonly Own[]): { bankName: string; accounts: Own[] }[] {
  const banks = new Map<string, Own[]>();
  for (const account of accounts)
    banks.set(account.bankName, [...(banks.get(account.bankName) ?? []), account]);
  return [...banks].map(([bankName, own]) => ({ bankName, accounts: own }));
}

/**
 * The sum of the balances of several accounts. None where it would say something that is not so: a balance that is not
 * known or older than a payment, another currency, or balances of different kinds.
 */
export function totalOf(accounts: readonly Shown[]): { money: Money; kind: BalanceKind } | undefined {
  const [first, ...others] = accounts;
  if (first === undefined || others.length === 0 || first.balanceKind === null) return undefined;
  let amount = 0;
  for (const { balance, balanceKind, isPaidSince } of accounts) {
    if (balance?.currency !== 'NOK' || balanceKind !== first.balanceKind || isPaidSince) return undefined;
    amount += balance.amount;
  }
  return { money: { amount, currency: 'NOK' }, kind: first.balanceKind };
}

/** The account whose balance was read first, whose age is that of them all; undefined where none was read. */
export function oldestRead<Own extends Shown>(accounts: readonly Own[]): Own | undefined {
  return accounts
    .filter(({ balanceAt }) => balanceAt !== null)
    .toSorted((left, right) => (left.balanceAt ?? '').localeCompare(right.balanceAt ?? ''))[0];
}
