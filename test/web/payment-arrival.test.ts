import { expect, test } from 'vitest';
import type { Payment } from '#http/contract/payments.ts';
import { arrivalDayOf } from '#customer/payments/payment-arrival-day.ts';

const friday = '2026-11-27T14:30:00+01:00';
const timeline: Payment['timeline'] = [
  { status: 'awaiting_authorisation', at: '2026-11-27T08:00:00+01:00' },
  { status: 'authorised', at: friday },
  { status: 'processing', at: '2026-11-27T15:00:00+01:00' },
];
const processing = {
  status: 'processing',
  isContradicted: false,
  reason: null,
  timeline,
  instant: false,
  executionDate: null,
} as const;
const arrival = (change: Partial<Payment>, now = friday): string | undefined =>
  arrivalDayOf({ ...processing, ...change }, new Date(now));

test('a payment normally arrives in the first settlement after its approval', () => {
  expect(arrival({})).toBe('2026-11-30');
  expect(arrival({ status: 'authorised' })).toBe('2026-11-30');
});

test('the day is said until it is over in Norway, and not afterwards', () => {
  expect(arrival({}, '2026-11-30T23:59:00+01:00')).toBe('2026-11-30');
  expect(arrival({}, '2026-12-01T00:00:00+01:00')).toBeUndefined();
});

test.each(['awaiting_authorisation', 'unknown', 'scheduled', 'settled', 'rejected', 'cancelled'] as const)(
  'no day is said of a payment that is %s',
  (status) => {
    expect(arrival({ status })).toBeUndefined();
  },
);

test('no day is said where the bank waits for money', () => {
  expect(arrival({ reason: 'insufficient_funds' })).toBeUndefined();
});

test('no day is said where the bank says what cannot be true', () => {
  expect(arrival({ isContradicted: true })).toBeUndefined();
});

test('no day is said of an instant payment, which arrives within seconds', () => {
  expect(arrival({ instant: true })).toBeUndefined();
});

test.each([
  ['the day itself', '2026-12-10', '2026-12-10'],
  ['the first bank day after a Sunday', '2026-12-13', '2026-12-14'],
  ['not before the approval', '2026-11-20', '2026-11-30'],
])('a payment that was ordered for a day normally arrives on %s', (_what, executionDate, day) => {
  expect(arrival({ executionDate })).toBe(day);
});
