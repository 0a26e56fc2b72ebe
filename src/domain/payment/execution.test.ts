import { expect, test } from 'vitest';
import { dayAhead, statusOfOrder, type Execution } from './execution.ts';
import { paymentStatuses, type ReportedStatus } from './status.ts';

const on: Execution = { kind: 'on', date: '2026-12-10' };
const lastMoment = new Date('2026-12-09T22:59:59Z');
const firstMoment = new Date('2026-12-09T23:00:00Z');
const reported = paymentStatuses.filter(
  (status): status is ReportedStatus => !['created', 'initiating', 'failed'].includes(status),
);

test('the day of an order is ahead until it begins in Norway', () => {
  expect(dayAhead(on, lastMoment)).toBe('2026-12-10');
  expect(dayAhead(on, firstMoment)).toBeUndefined();
  expect(dayAhead({ kind: 'normal' }, lastMoment)).toBeUndefined();
  expect(dayAhead({ kind: 'instant' }, lastMoment)).toBeUndefined();
});

test.each(['authorised', 'processing'] as const)('%s before its day is scheduled', (status) => {
  expect(statusOfOrder(status, on, lastMoment)).toBe('scheduled');
});

test.each(reported.filter((status) => status !== 'authorised' && status !== 'processing'))(
  '%s stays what it is before the day',
  (status) => {
    expect(statusOfOrder(status, on, lastMoment)).toBe(status);
  },
);

test.each(reported)('%s stays what it is on the day, and of an order without one', (status) => {
  expect(statusOfOrder(status, on, firstMoment)).toBe(status);
  expect(statusOfOrder(status, { kind: 'instant' }, lastMoment)).toBe(status);
});
