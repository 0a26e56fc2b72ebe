import { expect, test } from 'vitest';
import { periodFault } from './statement-period.ts';

test.each([
  ['2026-02-23', '2026-02-23', undefined],
  ['2026-01-01', '2026-12-31', undefined],
  ['2028-01-01', '2028-12-31', undefined],
  ['2026-01-01', '2027-01-01', undefined],
  ['2026-01-01', '2027-01-02', 'too_long'],
  ['2026-02-23', '2026-02-22', 'reversed'],
])('a period from %s to %s has the fault %s', (from, to, fault) => {
  expect(periodFault({ from, to })).toBe(fault);
});
