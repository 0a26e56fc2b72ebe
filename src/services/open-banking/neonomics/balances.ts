import { moneyFromDecimal } from '#domain/money.ts';
import type { Balance } from '#services/open-banking/service.ts';
import type { WireBalance } from './wire.ts';

/** The banks' own words, without their spelling, and the codes of ISO 20022; the best first. */
const availableTypes = ['itav', 'interimavailable', 'available', 'clav', 'closingavailable'];
const bookedTypes = ['itbd', 'interimbooked', 'booked', 'clbd', 'closingbooked', 'opbd', 'openingbooked'];

/**
 * Chooses the balance to show and to check a payment against: what is available, else what is booked, else whatever the
 * bank reports, which is then called `other`. Kroner come before other currencies. Credit must not pass for money, and
 * the wire does not say whether a balance counts it: the lowest of a type holds, and an available balance above the
 * booked one does not count.
 */
export function chooseBalance(reported: readonly WireBalance[]): Balance | undefined {
  const inKroner = reported.filter(({ currency }) => currency === 'NOK');
  const currency = inKroner.length > 0 ? 'NOK' : reported[0]?.currency;
  const balances = reported.filter((balance) => balance.currency === currency);
  const booked = lowest(balances, bookedTypes, 'booked');
  const available = lowest(balances, availableTypes, 'available');
  const countsCredit = booked !== undefined && available && available.money.amount > booked.money.amount;
  if (available !== undefined && !countsCredit) return available;
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
