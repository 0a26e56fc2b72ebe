import { expect, test } from 'vitest';
import { criteriaOf, type IncidentMeasures } from './criteria.ts';

const calm: IncidentMeasures = {
  customers: 1_000,
  affected: { customers: 100, payments: 10, value: 1_000 },
  daily: { payments: 100, value: 10_000 },
  durationMs: 0,
};
const isMet = (at: number, change: Partial<IncidentMeasures>): boolean | null | undefined =>
  criteriaOf({ ...calm, ...change })[at]?.isMet;

test.each([
  ['a tenth of everything', {}, false],
  ['more than a tenth of the customers', { affected: { customers: 101, payments: 0, value: 0 } }, true],
  ['more than a tenth of the payments', { affected: { customers: 1, payments: 11, value: 0 } }, true],
  ['more than a tenth of the value', { affected: { customers: 1, payments: 1, value: 1_001 } }, true],
  [
    'more than 100 000 customers',
    { customers: 9_000_000, affected: { customers: 100_001, payments: 0, value: 0 } },
    true,
  ],
  ['a payment where there were none', { daily: { payments: 0, value: 0 } }, true],
  ['nothing', { affected: { customers: 0, payments: 0, value: 0 }, daily: { payments: 0, value: 0 } }, false],
])('clients and transactions: %s', (_what, change, expected) => {
  expect(isMet(0, change)).toBe(expected);
});

test.each([
  [2, false],
  [2.1, null],
  [24, null],
  [24.1, true],
])('duration: after %s hours', (hours, expected) => {
  expect(isMet(1, { durationMs: hours * 3_600_000 })).toBe(expected);
});

test('what the ledger cannot tell is left to a person', () => {
  expect(
    criteriaOf(calm)
      .slice(2)
      .map((criterion) => criterion.isMet),
  ).toEqual([null, null, null, null, null]);
});
