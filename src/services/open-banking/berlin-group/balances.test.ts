import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { chooseBalance } from './balances.ts';
import { fixture } from './fixture.ts';
import { balancesSchema } from './wire.ts';

const examples = z.record(z.string(), z.unknown()).parse(fixture('documented-examples'));
const documented = (name: string) => balancesSchema.parse(examples[name]).balances;

/** `interimAvailable 100` and, after a plus or minus, whether a credit limit is included. */
function read(...lines: string[]) {
  const balances = lines.map((line) => {
    const [balanceType = '', amount = '', flag] = line.split(' ');
    const credit = flag === undefined ? {} : { creditLimitIncluded: flag === '+' };
    return { balanceType, balanceAmount: { currency: 'NOK', amount }, ...credit };
  });
  return balancesSchema.parse({ balances }).balances;
}

describe('the documented balances', () => {
  test.each([
    ['balancesExample1_RegularAccount', 'EUR', { amount: 50_000, kind: 'booked' }],
    ['balancesExample2_MulticurrencyAcount', 'USD', { amount: 35_000, kind: 'booked' }],
    ['balancesExample3_RegularAccount', 'EUR', { amount: 30_000, kind: 'available' }],
  ])('%s', (name, currency, { amount, kind }) => {
    const balance = chooseBalance(documented(name), currency);
    expect(balance).toMatchObject({ money: { amount, currency }, kind });
  });
});

test.each([
  [
    'what is available comes first',
    ['interimBooked 200.00', 'interimAvailable 100.00 -'],
    'available',
    10_000,
  ],
  [
    'the lowest of a type holds',
    ['interimAvailable 200.00 -', 'interimAvailable 100.00 -'],
    'available',
    10_000,
  ],
  [
    'a limit that is included is left out',
    ['interimAvailable 900.00 +', 'interimBooked 1.00'],
    'booked',
    100,
  ],
  ['what exceeds the booked may be credit', ['interimAvailable 900.00', 'interimBooked 1.00'], 'booked', 100],
  ['what does not exceed it is none', ['interimAvailable 1.00', 'interimBooked 1.00'], 'available', 100],
  ['what stands alone may be credit', ['interimAvailable 900.00'], 'other', 90_000],
  ['what is expected is another', ['expected 5.00'], 'other', 500],
  ['a line of credit is left out', ['authorised 900.00', 'expected 5.00'], 'other', 500],
  ['the lowest of the others', ['interimAvailable 900.00', 'expected 5.00'], 'other', 500],
  ['the newest of the booked ones', ['openingBooked 1.00', 'closingBooked 2.00'], 'booked', 200],
])('%s', (_rule, lines, kind, amount) => {
  expect(chooseBalance(read(...lines), undefined)).toMatchObject({ kind, money: { amount } });
});

test('a balance that cannot be read leaves none to compare with', () => {
  const balances = [...read('interimAvailable 1.00', 'interimBooked 1.00'), null];
  expect(chooseBalance(balances, undefined)).toMatchObject({ kind: 'booked' });
});

test('there is no balance where all of them include credit', () => {
  expect(chooseBalance(read('interimAvailable 900.00 +'), undefined)).toBeUndefined();
});

test('an amount of no currency is not read', () => {
  const balanceAmount = { currency: 'XXX', amount: '1.00' };
  const balances = [{ balanceType: 'interimAvailable', balanceAmount }];
  expect(balancesSchema.parse({ balances }).balances).toEqual([null]);
});

test('an amount that is a number, or finer than øre, is not read', () => {
  const odd = [1000, '1.005', '1e3'].map((amount) => ({
    balanceType: 'interimAvailable',
    balanceAmount: { currency: 'NOK', amount },
  }));
  expect(balancesSchema.parse({ balances: odd }).balances).toEqual([null, null, null]);
});
