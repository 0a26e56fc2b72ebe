import { describe, expect, test } from 'vitest';
import { byBank, oldestRead, totalOf } from '#customer/home/bank-balances.ts';

const account = (change: Partial<Parameters<typeof totalOf>[0][number]> = {}) => ({
  bankName: 'DNB',
  balance: { amount: 1_000, currency: 'NOK' },
  balanceKind: 'available' as const,
  balanceAt: '2026-02-23T14:30:00.000Z',
  isPaidSince: false,
  ...change,
});

test('the accounts of a bank are together, also where another bank is listed between them', () => {
  const banks = byBank([account(), account({ bankName: 'Nordea' }), account()]);
  expect(banks.map(({ bankName, accounts }) => [bankName, accounts.length])).toEqual([
    ['DNB', 2],
    ['Nordea', 1],
  ]);
});

describe('the sum of the balances', () => {
  test('is shown for several of one kind', () => {
    const accounts = [account(), account({ balance: { amount: -250, currency: 'NOK' } })];
    expect(totalOf(accounts)).toEqual({ money: { amount: 750, currency: 'NOK' }, kind: 'available' });
  });

  test.each([
    ['one account, which shows it itself', []],
    ['a balance that is not known', [account({ balance: null, balanceKind: null })]],
    ['a balance older than a payment', [account({ isPaidSince: true })]],
    ['another currency', [account({ balance: { amount: 1, currency: 'EUR' } })]],
    ['another kind of balance', [account({ balanceKind: 'booked' })]],
  ])('is not shown with %s', (_, others) => {
    expect(totalOf([account(), ...others])).toBeUndefined();
  });

  test('is not shown where no balance says what it is', () => {
    expect(totalOf([account({ balanceKind: null }), account({ balanceKind: null })])).toBeUndefined();
  });
});

test('the age of the balances is that of the oldest one that was read', () => {
  const oldest = account({ balanceAt: '2026-02-22T14:30:00.000Z' });
  expect(oldestRead([account({ balanceAt: null }), account(), oldest])).toBe(oldest);
  expect(oldestRead([account({ balanceAt: null })])).toBeUndefined();
});
