import fc from 'fast-check';
import { expect, test } from 'vitest';
import { osloDay } from '../oslo-time.ts';
import { isBankDay } from './bank-days.ts';
import { expectedArrivalDay, expectedSettlement, settlementHours } from './settlement.ts';

const after = (iso: string): string => {
  const { day, time } = expectedSettlement(new Date(iso));
  return `${day} ${time}`;
};

test.each([
  ['just after midnight', '2026-11-30T00:00:00+01:00', '2026-11-30 09:30'],
  ['before the first cut-off', '2026-11-30T08:14:59+01:00', '2026-11-30 09:30'],
  ['at the first cut-off', '2026-11-30T08:15:00+01:00', '2026-11-30 11:30'],
  ['at ten', '2026-11-30T10:00:00+01:00', '2026-11-30 13:35'],
  ['at half past eleven', '2026-11-30T11:30:00+01:00', '2026-11-30 15:35'],
  ['before the last cut-off', '2026-11-30T13:29:00+01:00', '2026-11-30 15:35'],
  ['at the last cut-off', '2026-11-30T13:30:00+01:00', '2026-12-01 05:35'],
  ['in the last minute of the day', '2026-11-30T23:59:00+01:00', '2026-12-01 05:35'],
])('a payment approved %s is settled in the next settlement that it can reach', (_when, at, expected) => {
  expect(after(at)).toBe(expected);
});

test.each([
  ['on Friday afternoon', '2026-11-27T14:00:00+01:00', '2026-11-30 05:35'],
  ['on Saturday', '2026-11-28T08:00:00+01:00', '2026-11-30 05:35'],
  ['before Easter', '2027-03-24T14:00:00+01:00', '2027-03-30 05:35'],
  ['before Ascension', '2027-05-05T20:00:00+02:00', '2027-05-07 05:35'],
  ['on Christmas Eve, a Thursday', '2026-12-24T08:00:00+01:00', '2026-12-28 05:35'],
  ['before New Year’s Eve', '2026-12-30T16:00:00+01:00', '2027-01-04 05:35'],
])(
  'a payment approved %s is settled on the next day on which banks keep full hours',
  (_when, at, expected) => {
    expect(after(at)).toBe(expected);
  },
);

test.each([
  ['winter', '2026-11-30T12:29:00Z', '2026-11-30 15:35'],
  ['summer', '2026-06-30T12:29:00Z', '2026-07-01 05:35'],
])('cut-offs are by the clock in Oslo, in %s time too', (_season, at, expected) => {
  expect(after(at)).toBe(expected);
});

test('a settlement is on a bank day, never before the approval, and never earlier for a later approval', () => {
  const instants = fc.date({ min: new Date('2024-01-01'), max: new Date('2060-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(instants, fc.integer({ min: 0, max: 864_000 }), (at, seconds) => {
      const [one, other] = [at, new Date(at.getTime() + seconds * 1000)].map(expectedSettlement);
      const text = (expected = one): string => `${expected?.day} ${expected?.time}`;
      expect(isBankDay(one?.day ?? '')).toBe(true);
      expect(text(other) >= text(one)).toBe(true);
      // Oslo is ahead of UTC, so its day is never the earlier one.
      expect((one?.day ?? '') >= at.toISOString().slice(0, 10)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

const friday = new Date('2026-11-27T09:00:00+01:00');

test.each([
  ['a bank day', '2026-12-10', '2026-12-10'],
  ['a Sunday: on the next bank day', '2026-12-13', '2026-12-14'],
  ['Good Friday: after Easter', '2027-03-26', '2027-03-30'],
  ['Christmas Eve: after Christmas', '2026-12-24', '2026-12-28'],
  ['the day of the approval, as any other order', '2026-11-27', '2026-11-27'],
])('a payment that was ordered for %s, arrives then', (_what, date, expected) => {
  expect(expectedArrivalDay({ kind: 'on', date }, friday)).toBe(expected);
});

test('a payment now arrives with the next settlement, and an instant one on no later day', () => {
  expect(expectedArrivalDay({ kind: 'normal' }, friday)).toBe('2026-11-27');
  expect(expectedArrivalDay({ kind: 'instant' }, friday)).toBeUndefined();
});

test.each([
  ['before the last cut-off', '2026-11-30T13:29:59+01:00', { kind: 'open', until: '13:30' }],
  ['at the last cut-off', '2026-11-30T13:30:00+01:00', { kind: 'over' }],
  ['on Christmas Eve', '2026-12-24T08:00:00+01:00', { kind: 'short_day' }],
  ['on Ascension Day', '2027-05-06T08:00:00+02:00', { kind: 'no_bank_day' }],
  ['on Saturday', '2026-11-28T08:00:00+01:00', { kind: 'no_bank_day' }],
])('%s it is known whether a payment can still arrive on the same day', (_when, at, expected) => {
  expect(settlementHours(new Date(at))).toEqual(expected);
});

test('the hours say open exactly while a payment would arrive on the same day', () => {
  const instants = fc.date({ min: new Date('2024-01-01'), max: new Date('2060-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(instants, (at) => {
      const arrivesToday = expectedSettlement(at).day === osloDay(at);
      expect(settlementHours(at).kind === 'open').toBe(arrivesToday);
    }),
    { numRuns: 300 },
  );
});
