import { moneyFromDecimal } from '#domain/money.ts';
import type { Balance } from '#services/open-banking/service.ts';
import type { WireBalance } from './wire.ts';

/** What may be spent now; then what is booked, the newest first. */
const availableType = 'interimAvailable';
const bookedTypes = ['interimBooked', 'closingBooked', 'openingBooked'];

/**
 * Chooses the balance to show and to check a payment against, in the account's own currency, else in kroner, else in
 * whatever there is: what is available, else what is booked, else another one, which is then called `other`.
 *
 * A balance that includes a credit limit is never chosen: one that says so, and `authorised`, which includes one by
 * definition. One that does not say (the flag is optional) counts as available only where a booked balance is there and
 * is not smaller; where one could not be read (null), only with the flag. Among several of one type, and among the
 * others, the lowest holds.
 */
export function chooseBalance(
  reported: readonly (WireBalance | null)[],
  currency: string | undefined,
): Balance | undefined {
  const readable = reported.filter((each) => each !== null);
  const own = readable.filter(
    ({ creditLimitIncluded, balanceType }) => creditLimitIncluded !== true && balanceType !== 'authorised',
  );
  const balances = own.filter(isOf(chosenCurrency(own, currency)));
  const available = lowestOf(balances.filter(isOfType(availableType)));
  const booked = bookedTypes
    .map((type) => lowestOf(balances.filter(isOfType(type))))
    .find((each) => each !== undefined);
  const isWhole = readable.length === reported.length;
  if (available && isFreeOfCredit(available, isWhole ? booked : undefined))
    return toBalance(available, 'available');
  if (booked) return toBalance(booked, 'booked');
  const other = lowestOf(balances);
  return other && toBalance(other, 'other');
}

function isFreeOfCredit(available: WireBalance, booked: WireBalance | undefined): boolean {
  if (available.creditLimitIncluded === false) return true;
  return booked !== undefined && oere(available) <= oere(booked);
}

function chosenCurrency(balances: readonly WireBalance[], own: string | undefined): string | undefined {
  const there = balances.map(({ balanceAmount }) => balanceAmount.currency);
  return [own, 'NOK'].find((each) => each !== undefined && there.includes(each)) ?? there[0];
}

const isOf =
  (currency: string | undefined) =>
  ({ balanceAmount }: WireBalance): boolean =>
    balanceAmount.currency === currency;

const isOfType =
  (type: string) =>
  ({ balanceType }: WireBalance): boolean =>
    balanceType === type;

function lowestOf(balances: readonly WireBalance[]): WireBalance | undefined {
  const [first] = balances.toSorted((left, right) => oere(left) - oere(right));
  return first;
}

const oere = ({ balanceAmount: { amount, currency } }: WireBalance): number =>
  moneyFromDecimal(amount, currency).amount;

function toBalance({ balanceAmount, balanceType }: WireBalance, kind: Balance['kind']): Balance {
  const money = moneyFromDecimal(balanceAmount.amount, balanceAmount.currency);
  return { money, kind, wireType: balanceType };
}
