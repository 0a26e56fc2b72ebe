import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kycStatuses, type KycVerdict } from './verdict.ts';
import { dueAt, type ReadVerdict } from './due.ts';

const waiting: KycVerdict = { status: 'queued', canRetry: false, labels: [], customerComment: undefined };
const begun = new Date('2026-02-23T14:30:00Z');
const hours = (count: number): Date => new Date(begun.getTime() + count * 3_600_000);

const read: ReadVerdict = {
  verdict: waiting,
  presence: 'present',
  standsSince: begun,
  at: begun,
  wasRead: true,
};

/** Hours until the next read of a verdict that was reached `stoodHours` ago. */
function silence(change: Partial<ReadVerdict>, stoodHours: number): number {
  const at = hours(stoodHours);
  const next = dueAt({ ...read, ...change, at });
  return next ? (next.getTime() - at.getTime()) / 3_600_000 : Infinity;
}

test.each([
  [0, 1 / 60],
  [1, 0.1],
  [20, 2],
  [1_000, 6],
])(
  'a customer who has waited for the provider for %i hours is read again after %f hours',
  (stood, hoursLater) => {
    expect(silence({}, stood)).toBeCloseTo(hoursLater, 5);
  },
);

test.each([
  [0, 1 / 6],
  [20, 2],
  [10_000, 720],
])('a customer who has sent nothing for %i hours is read again after %f hours', (stood, hoursLater) => {
  expect(silence({ verdict: { ...waiting, status: 'pending', canRetry: true } }, stood)).toBeCloseTo(
    hoursLater,
    5,
  );
});

test('a customer without an applicant is read ever more rarely', () => {
  expect(silence({ verdict: { ...waiting, status: 'none' } }, 10_000)).toBe(30 * 24);
});

test('an approval is due after thirty days, and a final refusal after ninety', () => {
  expect(silence({ verdict: { ...waiting, status: 'approved' } }, 5)).toBe(30 * 24);
  expect(silence({ verdict: { ...waiting, status: 'rejected' } }, 5)).toBe(90 * 24);
});

test('a refusal that allows a retry is read as often as a customer who has sent nothing', () => {
  expect(silence({ verdict: { ...waiting, status: 'rejected', canRetry: true } }, 20)).toBe(2);
});

test('an approval that could not be read is tried again after a day, not after thirty', () => {
  expect(silence({ verdict: { ...waiting, status: 'approved' }, wasRead: false }, 5)).toBe(24);
});

test('a deleted applicant is never read', () => {
  expect(silence({ presence: 'deleted' }, 5)).toBe(Infinity);
});

test('every verdict is read again after at least a minute and at most ninety days', () => {
  const verdicts = fc
    .record({ status: fc.constantFrom(...kycStatuses), canRetry: fc.boolean() })
    .map((verdict): KycVerdict => ({ ...waiting, ...verdict }));
  fc.assert(
    fc.property(verdicts, fc.integer({ min: -5, max: 100_000 }), fc.boolean(), (verdict, stood, wasRead) => {
      const found = silence({ verdict, wasRead }, stood);
      expect(found).toBeGreaterThanOrEqual(1 / 60 - 1e-9);
      expect(found).toBeLessThanOrEqual(90 * 24);
    }),
  );
});
