import { expect, test } from 'vitest';
import { osloDay } from '#domain/oslo-time.ts';
import { endOfBankDay } from './bank-days.ts';

test.each([
  ['in winter', '2026-01-15', '2026-01-15T23:00:00.000Z'],
  ['in summer', '2026-07-15', '2026-07-15T22:00:00.000Z'],
  ['on the day on which summer time begins', '2026-03-29', '2026-03-29T22:00:00.000Z'],
  ['on the day before', '2026-03-28', '2026-03-28T23:00:00.000Z'],
  ['on the day on which summer time ends', '2026-10-25', '2026-10-25T23:00:00.000Z'],
  ['on the day before that', '2026-10-24', '2026-10-24T22:00:00.000Z'],
  ['at the end of the year', '2026-12-31', '2026-12-31T23:00:00.000Z'],
])('a day %s ends at midnight in Norway', (_when, day, end) => {
  const ends = endOfBankDay(day);
  expect(ends.toISOString()).toBe(end);
  expect(osloDay(new Date(ends.getTime() - 1))).toBe(day);
  expect(osloDay(ends) > day).toBe(true);
});
