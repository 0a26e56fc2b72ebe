import { expect, test } from 'vitest';
import { compareBalances, type ReportedBalance } from './parity.ts';

const balance: ReportedBalance = { money: { amount: 100, currency: 'NOK' }, kind: 'available' };

test.each([
  ['the same money is equal', balance, 'equal'],
  ['other money is different', { ...balance, money: { ...balance.money, amount: 101 } }, 'different'],
  ['another kind cannot be compared', { ...balance, kind: 'booked' }, 'not_comparable'],
  [
    'another currency cannot be compared',
    { ...balance, money: { ...balance.money, currency: 'EUR' } },
    'not_comparable',
  ],
] as const)('%s', (_what, other, outcome) => {
  expect(compareBalances(balance, other)).toBe(outcome);
});
