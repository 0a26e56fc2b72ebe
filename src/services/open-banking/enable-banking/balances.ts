import { moneyFromDecimal } from '#domain/money.ts';
import type { Balance } from '../service.ts';
import type { WireBalance } from './wire.ts';

/** ISO 20022 balance types, the best first: now before the end of the day before its beginning. */
const availableTypes = ['ITAV', 'CLAV', 'OPAV'];
const bookedTypes = ['ITBD', 'CLBD', 'OPBD'];
const creditLabel = /credit|kreditt/i;

/**
 * Chooses the balance to show and to check a payment against: what is available, else what is booked, else whatever
 * the bank reports, which is then called `other`.
 *
 * Credit must not pass for money, and the wire does not say whether a balance counts it. Hence an available balance
 * is left out where its label names credit or where it is larger than the booked one; among several of one type the
 * lowest holds; and on an account with a credit limit an available balance counts only beside another one that is
 * larger.
 */
export function chooseBalance(
  reported: readonly WireBalance[],
  { hasCredit }: { hasCredit: boolean },
): Balance | undefined {
  const balances = inKroner(reported.filter(({ name }) => !creditLabel.test(name ?? '')));
  const booked = best(balances, bookedTypes, 'booked');
  const available = best(balances, availableTypes, 'available');
  const exceedsBooked = booked !== undefined && available !== undefined && exceeds(available, booked);
  const mayCountCredit = hasCredit && !hasLargerTwin(available, inKroner(reported));
  if (available !== undefined && !exceedsBooked && !mayCountCredit) return available;
  if (booked !== undefined) return booked;
  return available === undefined ? otherBalance(balances) : { ...available, kind: 'other' };
}

/** Accounts in several currencies report one balance each. */
function inKroner(balances: readonly WireBalance[]): readonly WireBalance[] {
  const kroner = balances.filter(({ balance_amount }) => balance_amount.currency === 'NOK');
  return kroner.length > 0 ? kroner : balances;
}

function best(
  balances: readonly WireBalance[],
  types: readonly string[],
  kind: Balance['kind'],
): Balance | undefined {
  for (const type of types) {
    const candidates = balances.filter(({ balance_type }) => balance_type === type);
    const [lowest] = candidates
      .map((balance) => toBalance(balance, kind))
      .sort((left, right) => left.money.amount - right.money.amount);
    if (lowest) return lowest;
  }
  return undefined;
}

function otherBalance(balances: readonly WireBalance[]): Balance | undefined {
  const [first] = balances;
  return first && toBalance(first, 'other');
}

function hasLargerTwin(balance: Balance | undefined, balances: readonly WireBalance[]): boolean {
  return balances.some(
    (other) =>
      balance !== undefined &&
      other.balance_type === balance.wireType &&
      exceeds(toBalance(other, 'other'), balance),
  );
}

function exceeds(left: Balance, right: Balance): boolean {
  return left.money.currency === right.money.currency && left.money.amount > right.money.amount;
}

function toBalance({ balance_amount, balance_type }: WireBalance, kind: Balance['kind']): Balance {
  const money = moneyFromDecimal(balance_amount.amount, balance_amount.currency);
  return { money, kind, wireType: balance_type };
}
