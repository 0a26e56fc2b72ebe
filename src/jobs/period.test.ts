import { expect, test } from 'vitest';
import { periodMs } from './period.ts';

test.each([
  ['* * * * *', 60_000],
  ['*/5 * * * *', 300_000],
  ['17 * * * *', 3_600_000],
  ['37 3 * * *', 86_400_000],
])('the schedule %s has a run every %i ms', (cron, ms) => {
  expect(periodMs(cron)).toBe(ms);
});

test.each(['0 0 1 1 *', '0 3 * * 1', '5,10 * * * *', '* * * *'])(
  'the schedule %s is not one of Drop',
  (cron) => {
    expect(() => periodMs(cron)).toThrow();
  },
);
