import { moneyFromDecimal } from '#domain/money.ts';
import type { Balance } from '#services/open-banking/service.ts';
import type { UnreadBalance, WireBalance } from './wire.ts';

/** ISO 20022 balance types, the best first: now before the end of the day before its beginning. */
const availableTypes = ['ITAV', 'CLAV', 'OPAV'];
const bookedTypes = ['ITBD', 'CLBD', 'OPBD'];
const creditLabel = /credit|kreditt/i;

/** The known facts about the account and about the bank's answer. */
interface Circumstances {
  hasCredit: boolean;
  /** Of the account; undefined is NOK, or not known. */
  currency?: string | undefined;
  /** Balances beside the reported ones whose amounts could not be read. */
  unread?: readonly UnreadBalance[];
}

/**
 * Chooses the balance to show and to check a payment against: what is available, else what is booked, else whatever
 * the bank reports, which is then called `other`. A balance in the account's own currency comes before kroner, and
 * these before others.
 *
 * Credit must not pass for money, and the wire does not say whether a balance counts it. Hence an available balance
 * is left out where its label names credit or where it is larger than the booked one; among several of one type the
 * lowest holds; and on an account with a credit limit an available balance counts only beside another one that is
 * larger. Where the balance that it would be compared with could not be read, it does not count either.
 */
export function chooseBalance(
  reported: readonly WireBalance[],
  { hasCredit, currency, unread = [] }: Circumstances,
): Balance | undefined {
  const withoutCredit = reported.filter(({ name }) => !creditLabel.test(name ?? ''));
  const chosen = chosenCurrency(withoutCredit, currency);
  const isChosen = isOf(chosen);
  const balances = withoutCredit.filter(isChosen);
  const booked = best(balances, bookedTypes, 'booked');
  const available = best(balances, availableTypes, 'available');
  if (available !== undefined) {
    // One in the account's own currency, could it be read, would come before what was chosen.
    const mayMatter = unread.filter(isOf(undefined, chosen, currency ?? 'NOK'));
    const others = { reported: reported.filter(isChosen), unread: mayMatter, booked };
    if (isFreeOfCredit(available, { ...others, hasCredit })) return available;
  }
  if (booked !== undefined) return booked;
  return available === undefined ? otherBalance(balances) : { ...available, kind: 'other' };
}

/** Accounts in several currencies report one balance each. */
function chosenCurrency(balances: readonly WireBalance[], own: string | undefined): string | undefined {
  const there = balances.map(({ balance_amount }) => balance_amount.currency);
  return [own, 'NOK'].find((currency) => currency !== undefined && there.includes(currency)) ?? there[0];
}

function isOf(...currencies: (string | undefined)[]) {
  return ({ balance_amount }: WireBalance | UnreadBalance): boolean =>
    currencies.includes(balance_amount?.currency);
}

function isFreeOfCredit(
  available: Balance,
  others: {
    reported: readonly WireBalance[];
    unread: readonly UnreadBalance[];
    booked: Balance | undefined;
    hasCredit: boolean;
  },
): boolean {
  const { reported, unread, booked, hasCredit } = others;
  const mayBeUnread = (types: readonly string[]): boolean =>
    unread.some(({ balance_type }) => balance_type === undefined || types.includes(balance_type));
  const rank = booked === undefined ? bookedTypes.length : bookedTypes.indexOf(booked.wireType) + 1;
  if (mayBeUnread([available.wireType, ...bookedTypes.slice(0, rank)])) return false;
  if (booked !== undefined && exceeds(available, booked)) return false;
  return !hasCredit || hasLargerTwin(available, reported);
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

function hasLargerTwin(balance: Balance, balances: readonly WireBalance[]): boolean {
  return balances.some(
    (other) => other.balance_type === balance.wireType && exceeds(toBalance(other, 'other'), balance),
  );
}

function exceeds(left: Balance, right: Balance): boolean {
  return left.money.currency === right.money.currency && left.money.amount > right.money.amount;
}

function toBalance({ balance_amount, balance_type }: WireBalance, kind: Balance['kind']): Balance {
  const money = moneyFromDecimal(balance_amount.amount, balance_amount.currency);
  return { money, kind, wireType: balance_type };
}
