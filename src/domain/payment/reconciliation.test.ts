import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextReadingMs } from './reconciliation.ts';

const createdAt = new Date('2026-11-29T12:00:00Z');
const after = (ms: number): Date => new Date(createdAt.getTime() + ms);
const hourMs = 3_600_000;

test.each([
  [0, 20_000],
  [60_000, 20_000],
  [10 * 60_000, 60_000],
  [24 * hourMs, 8_640_000],
  [30 * 24 * hourMs, 6 * hourMs],
])('%i ms after it was created a payment is asked about %i ms later', (ageMs, delayMs) => {
  expect(nextReadingMs({ createdAt, returnedAt: undefined, watchedAt: undefined }, after(ageMs))).toBe(
    delayMs,
  );
});

test('once the customer is back from the bank, the bank is asked at once, and then ever more rarely', () => {
  const payment = { createdAt, returnedAt: after(hourMs), watchedAt: undefined };
  expect(nextReadingMs(payment, after(hourMs))).toBe(2_000);
  expect(nextReadingMs(payment, after(hourMs + 60_000))).toBe(6_000);
});

test('the older a payment is, the more rarely the bank is asked about it', () => {
  const age = fc.integer({ min: 0, max: 90 * 24 * hourMs });
  fc.assert(
    fc.property(age, age, fc.boolean(), (one, other, isBack) => {
      const payment = { createdAt, returnedAt: isBack ? createdAt : undefined, watchedAt: undefined };
      const [younger, older] = [Math.min(one, other), Math.max(one, other)];
      expect(nextReadingMs(payment, after(older))).toBeGreaterThanOrEqual(
        nextReadingMs(payment, after(younger)),
      );
    }),
  );
});

test.each([
  [0, 3_000],
  [5 * 60_000, 3_000],
  [15 * 60_000, 9_000],
  [24 * hourMs, 864_000],
])('%i ms after it was created a payment that is looked at is asked about %i ms later', (ageMs, delayMs) => {
  const payment = { createdAt, returnedAt: undefined, watchedAt: after(ageMs - 14_999) };
  expect(nextReadingMs(payment, after(ageMs))).toBe(delayMs);
});

test('a payment that is no longer looked at is asked about as before', () => {
  const payment = { createdAt, returnedAt: undefined, watchedAt: after(hourMs - 15_000) };
  expect(nextReadingMs(payment, after(hourMs))).toBe(360_000);
});

test('a look does not put off the reading of a payment whose customer has just come back', () => {
  expect(nextReadingMs({ createdAt, returnedAt: createdAt, watchedAt: createdAt }, createdAt)).toBe(2_000);
});
