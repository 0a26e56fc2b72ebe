import { expect, test } from 'vitest';
import { paidMonth } from '#customer/home/month-days.ts';

const own = '15032080127';
const paid = (settledAt: string | null, change: { moneyMoved?: 'no' | 'yes'; to?: string } = {}) => ({
  amount: { amount: 25_000, currency: 'NOK' },
  creditor: { name: 'Strøm AS', accountNumber: change.to ?? '15032080178' },
  moneyMoved: change.moneyMoved ?? ('yes' as const),
  settledAt,
});
const february = { month: '2026-02', ownNumbers: new Set([own, null]) };

test('a month has all its days, and each the payments that were settled on it in Norway', () => {
  const month = paidMonth(
    [
      paid('2026-01-31T23:00:00.000Z'),
      paid('2026-02-28T22:59:59.000Z'),
      paid('2026-02-28T10:00:00.000Z'),
      paid('2026-02-28T23:00:00.000Z'),
    ],
    february,
  );
  expect(month.days).toHaveLength(28);
  expect(month.days[0]).toEqual({ day: 1, oere: 25_000, count: 1 });
  expect(month.days[27]).toEqual({ day: 28, oere: 50_000, count: 2 });
  expect(month).toMatchObject({ oere: 75_000, count: 3, hasTransfers: false });
});

test('a payment that moved no money, or may not have, is not counted', () => {
  expect(
    paidMonth([paid('2026-02-10T10:00:00.000Z', { moneyMoved: 'no' }), paid(null)], february),
  ).toMatchObject({
    oere: 0,
    count: 0,
  });
});

test('a transfer to an account of the customer’s own is left out, and said to be', () => {
  const month = paidMonth([paid('2026-02-10T10:00:00.000Z', { to: own })], february);
  expect(month).toMatchObject({ oere: 0, count: 0, hasTransfers: true });
});
