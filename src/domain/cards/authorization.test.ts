import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgePurchase, type JudgedCard } from './authorization.ts';
import { spendingIntervals, startOfInterval, type SpendingLimit } from './spending.ts';

const at = new Date('2026-02-25T12:00:00Z');
const card: JudgedCard = { status: 'active', expYear: 2029, expMonth: 2, spendingLimits: [] };
const limited = (limit: SpendingLimit): JudgedCard => ({ ...card, spendingLimits: [limit] });

describe('a purchase is', () => {
  test('approved where nothing speaks against it', () => {
    expect(judgePurchase(card, { amount: 1, at }, [])).toEqual({ approved: true, reason: 'card_active' });
  });

  test.each([
    ['card_inactive', { ...card, status: 'inactive' }],
    ['card_canceled', { ...card, status: 'canceled' }],
    ['card_expired', { ...card, expYear: 2026, expMonth: 1 }],
    ['spending_controls', limited({ amount: 99, interval: 'daily' })],
  ] as const)('declined with %s', (reason, judged) => {
    expect(judgePurchase(judged, { amount: 100, at }, [])).toEqual({ approved: false, reason });
  });

  test('approved up to the limit to the øre, and declined one beyond it', () => {
    const judged = limited({ amount: 100, interval: 'monthly' });
    const spent = [{ amount: 60, at: new Date('2026-02-01T00:00:00Z') }];
    expect(judgePurchase(judged, { amount: 40, at }, spent).approved).toBe(true);
    expect(judgePurchase(judged, { amount: 41, at }, spent).approved).toBe(false);
  });

  test('not held against what was spent before the interval', () => {
    const judged = limited({ amount: 100, interval: 'monthly' });
    const spent = [{ amount: 100, at: new Date('2026-01-31T23:59:59.999Z') }];
    expect(judgePurchase(judged, { amount: 100, at }, spent).approved).toBe(true);
  });

  test('held against nothing earlier where the limit is for one authorisation', () => {
    const judged = limited({ amount: 100, interval: 'per_authorization' });
    expect(judgePurchase(judged, { amount: 100, at }, [{ amount: 100, at }]).approved).toBe(true);
  });
});

test.each([
  ['daily', '2026-02-25T00:00:00.000Z'],
  ['weekly', '2026-02-22T00:00:00.000Z'],
  ['monthly', '2026-02-01T00:00:00.000Z'],
  ['yearly', '2026-01-01T00:00:00.000Z'],
  ['per_authorization', at.toISOString()],
] as const)('the %s interval began at %s', (interval, began) => {
  expect(startOfInterval(interval, at).toISOString()).toBe(began);
});

const purchases = fc.array(
  fc.record({
    amount: fc.integer({ min: 1, max: 1_000 }),
    at: fc.date({ min: new Date('2025-12-01'), max: new Date('2026-03-31'), noInvalidDate: true }),
  }),
);

test('whatever is bought, what was approved in an interval stays within its limit', () => {
  fc.assert(
    fc.property(
      purchases,
      fc.constantFrom(...spendingIntervals),
      fc.integer({ min: 1, max: 2_000 }),
      (tried, interval, amount) => {
        const ordered = tried.toSorted((one, other) => one.at.getTime() - other.at.getTime());
        const approved: typeof tried = [];
        for (const purchase of ordered)
          if (judgePurchase(limited({ amount, interval }), purchase, approved).approved)
            approved.push(purchase);
        for (const last of approved) {
          const since = startOfInterval(interval, last.at);
          const within = approved.filter((each) => each.at >= since && each.at <= last.at);
          const counted = interval === 'per_authorization' ? [last] : within;
          expect(counted.reduce((sum, each) => sum + each.amount, 0)).toBeLessThanOrEqual(amount);
        }
      },
    ),
  );
});

test('no purchase is approved for a card that is not active', () => {
  fc.assert(
    fc.property(purchases, fc.constantFrom('inactive' as const, 'canceled' as const), (tried, status) => {
      for (const purchase of tried)
        expect(judgePurchase({ ...card, status }, purchase, []).approved).toBe(false);
    }),
  );
});
