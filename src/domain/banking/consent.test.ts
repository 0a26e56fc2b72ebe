import fc from 'fast-check';
import { expect, test } from 'vitest';
import { consentStatusAt, consentStatuses, consentTransitions, type ConsentStatus } from './consent.ts';

const end = new Date('2026-05-01T00:00:00Z');
const before = new Date(end.getTime() - 1);

test('an active consent expires at the moment its validity ends', () => {
  expect(consentStatusAt('active', end, before)).toBe('active');
  expect(consentStatusAt('active', end, end)).toBe('expired');
});

test('an active consent without an end stays active', () => {
  expect(consentStatusAt('active', undefined, end)).toBe('active');
});

test.each(consentStatuses.filter((status) => status !== 'active'))(
  'a consent that is %s does not change with time',
  (status) => {
    expect(consentStatusAt(status, before, end)).toBe(status);
  },
);

test('no transition leads out of an ended consent or back to pending', () => {
  for (const status of ['expired', 'revoked', 'cancelled', 'failed'] as const)
    expect(consentTransitions[status]).toEqual([]);
  expect(Object.values(consentTransitions).flat()).not.toContain('pending');
});

/** Every status that a consent passes through under `reports`, including the first one. */
function history(reports: readonly ConsentStatus[]): ConsentStatus[] {
  const passed: ConsentStatus[] = ['pending'];
  for (const reported of reports) {
    if (consentTransitions[passed.at(-1) ?? 'pending'].includes(reported)) passed.push(reported);
  }
  return passed;
}

test('under any reports in any order, a consent begins, may become active, and ends once', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...consentStatuses), { maxLength: 20 }), (reports) => {
      expect(history(reports).join(' ')).toMatch(
        /^pending( active)?( expired)?$|^pending active revoked$|^pending (cancelled|failed)$/,
      );
    }),
  );
});
