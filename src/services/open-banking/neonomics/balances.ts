import { moneyFromDecimal } from '#domain/money.ts';
import type { Balance } from '#services/open-banking/service.ts';
import type { WireBalance } from './wire.ts';

/** The banks' own words, without their spelling, and the codes of ISO 20022; the best first. */
const availableTypes = ['itav', 'interimavailable', 'available', 'clav', 'closingavailable'];
const bookedTypes = ['itbd', 'interimbooked', 'booked', 'clbd', 'closingbooked', 'opbd', 'openingbooked'];
const namesCredit = /credit|kreditt|limit|overdraft/i;

/**
 * Chooses the balance to show and to check a payment against: what is available, else what is booked, else whatever the
 * bank reports, which is then called `other`. Kroner come before other currencies. Credit must not pass for money, and
 * the wire does not say whether a balance counts it: a type that names credit is left out, the lowest of a type holds,
 * and an available balance does not count above the booked one, or beside one that cannot be read (null).
 */
export function chooseBalance(reported: readonly (WireBalance | null)[]): Balance | undefined {
  const readable = reported.filter((each) => each !== null);
  const own = readable.filter(({ type }) => !namesCredit.test(type));
  const inKroner = own.filter(({ currency }) => currency === 'NOK');
  const currency = inKroner.length > 0 ? 'NOK' : own[0]?.currency;
  const balances = own.filter((balance) => balance.currency === currency);
  const booked = lowest(balances, bookedTypes, 'booked');
  const available = lowest(balances, availableTypes, 'available');
  const isAbove = booked !== undefined && available && available.money.amount > booked.money.amount;
  const mayCountCredit = isAbove === true || readable.length < reported.length;
  if (available !== undefined && !mayCountCredit) return available;
  return booked ?? lowestOf(balances, 'other');
}

function lowest(
  balances: readonly WireBalance[],
  types: readonly string[],
  kind: Balance['kind'],
): Balance | undefined {
  const best = types.find((type) => balances.some((balance) => typeOf(balance) === type));
  return best === undefined
    ? undefined
    : lowestOf(
        balances.filter((balance) => typeOf(balance) === best),
        kind,
      );
}

function lowestOf(balances: readonly WireBalance[], kind: Balance['kind']): Balance | undefined {
  const [first] = balances
    .map(({ amount, currency, type }) => ({
      money: moneyFromDecimal(amount, currency),
      kind,
      wireType: type,
    }))
    .toSorted((left, right) => left.money.amount - right.money.amount);
  return first;
}

const typeOf = ({ type }: WireBalance): string => type.toLowerCase().replaceAll(/[^a-z]/g, '');
