import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isLookUpDue, nextReadingMs, type ReadingOccasion } from './reconciliation.ts';

const createdAt = new Date('2026-11-29T12:00:00Z');
const after = (ms: number): Date => new Date(createdAt.getTime() + ms);
const hourMs = 3_600_000;
const open: ReadingOccasion = {
  createdAt,
  returnedAt: undefined,
  watchedAt: undefined,
  status: 'processing',
  order: { execution: { kind: 'normal' } },
};

test.each([
  [0, 20_000],
  [60_000, 20_000],
  [10 * 60_000, 60_000],
  [24 * hourMs, 8_640_000],
  [30 * 24 * hourMs, 6 * hourMs],
])('%i ms after it was created a payment is asked about %i ms later', (ageMs, delayMs) => {
  expect(nextReadingMs({ ...open, returnedAt: undefined }, after(ageMs))).toBe(delayMs);
});

test('once the customer is back from the bank, the bank is asked at once, and then ever more rarely', () => {
  const payment = { ...open, returnedAt: after(hourMs) };
  expect(nextReadingMs(payment, after(hourMs))).toBe(2_000);
  expect(nextReadingMs(payment, after(hourMs + 60_000))).toBe(6_000);
});

test('the older a payment is, the more rarely the bank is asked about it', () => {
  const age = fc.integer({ min: 0, max: 90 * 24 * hourMs });
  fc.assert(
    fc.property(age, age, fc.boolean(), (one, other, isBack) => {
      const payment = { ...open, returnedAt: isBack ? createdAt : undefined };
      const [younger, older] = [Math.min(one, other), Math.max(one, other)];
      expect(nextReadingMs(payment, after(older))).toBeGreaterThanOrEqual(
        nextReadingMs(payment, after(younger)),
      );
    }),
  );
});

describe('an order for a later day', () => {
  const scheduled: ReadingOccasion = {
    ...open,
    returnedAt: createdAt,
    status: 'scheduled',
    order: { execution: { kind: 'on', date: '2026-12-10' } },
  };
  const at = (iso: string): Date => new Date(iso);

  test.each([
    ['long before', '2026-11-29T12:00:00Z', 24 * hourMs],
    ['the day before', '2026-12-09T11:00:00Z', 18 * hourMs],
    ['in the night of its day', '2026-12-10T04:00:00Z', hourMs],
    ['in the morning of its day', '2026-12-10T05:00:00Z', 0.6 * hourMs],
    ['in the afternoon of its day', '2026-12-10T13:00:00Z', 1.4 * hourMs],
  ])('is asked about once a day, and from the morning of its day: %s', (_when, iso, delayMs) => {
    expect(nextReadingMs(scheduled, at(iso))).toBe(delayMs);
  });

  test('is asked about like any other until it is approved', () => {
    const awaiting = { ...scheduled, status: 'awaiting_authorisation' } as const;
    expect(nextReadingMs(awaiting, after(60_000))).toBe(6_000);
  });

  test('is asked about no sooner because its customer looks at it', () => {
    const now = at('2026-11-29T12:00:00Z');
    expect(nextReadingMs({ ...scheduled, watchedAt: now }, now)).toBe(24 * hourMs);
  });
});

test.each([
  [0, 3_000],
  [5 * 60_000, 3_000],
  [15 * 60_000, 9_000],
  [24 * hourMs, 864_000],
])('%i ms after it was created a payment that is looked at is asked about %i ms later', (ageMs, delayMs) => {
  const payment = { ...open, returnedAt: undefined, watchedAt: after(ageMs - 14_999) };
  expect(nextReadingMs(payment, after(ageMs))).toBe(delayMs);
});

test('a payment that is no longer looked at is asked about as before', () => {
  const payment = { ...open, returnedAt: undefined, watchedAt: after(hourMs - 15_000) };
  expect(nextReadingMs(payment, after(hourMs))).toBe(360_000);
});

test('a look does not put off the reading of a payment whose customer has just come back', () => {
  const payment = { ...open, returnedAt: createdAt, watchedAt: createdAt };
  expect(nextReadingMs(payment, createdAt)).toBe(2_000);
});

test('a payment without an answer is looked up after seconds, minutes and hours, and then once a day', () => {
  const initiatedAt = createdAt;
  let lookedUpAt: Date | undefined;
  const lookUps: number[] = [];
  for (let second = 0; second <= 3 * 86_400; second += 10) {
    const now = after(second * 1_000);
    if (!isLookUpDue({ initiatedAt, lookedUpAt }, now)) continue;
    lookedUpAt = now;
    lookUps.push(second);
  }
  expect(lookUps).toEqual([30, 600, 6 * 3_600, 86_400, 2 * 86_400, 3 * 86_400]);
});

test('a payment that was never handed over is not looked up', () => {
  expect(isLookUpDue({ initiatedAt: undefined, lookedUpAt: undefined }, after(86_400_000))).toBe(false);
});

test('look-ups that were missed are made up for by one', () => {
  const dueAt = (lookedUpAt?: Date): boolean =>
    isLookUpDue({ initiatedAt: createdAt, lookedUpAt }, after(50 * hourMs));
  expect(dueAt(undefined)).toBe(true);
  expect(dueAt(after(50 * hourMs - 1_000))).toBe(false);
});
