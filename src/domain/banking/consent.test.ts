import fc from 'fast-check';
import { expect, test } from 'vitest';
import { consentStatusAt, consentStatuses, consentTransitions, type ConsentStatus } from './consent.ts';

const end = new Date('2026-05-01T00:00:00Z');
const before = new Date(end.getTime() - 1);

test('an active consent has expired at the moment its time is over', () => {
  expect(consentStatusAt('active', end, before)).toBe('active');
  expect(consentStatusAt('active', end, end)).toBe('expired');
});

test('an active consent without an end stays active', () => {
  expect(consentStatusAt('active', undefined, end)).toBe('active');
});

test.each(consentStatuses.filter((status) => status !== 'active'))(
  'time does nothing to one that is %s',
  (status) => {
    expect(consentStatusAt(status, before, end)).toBe(status);
  },
);

test('nothing leads out of an ended consent, and nothing back to pending', () => {
  for (const status of ['expired', 'revoked', 'cancelled', 'failed'] as const)
    expect(consentTransitions[status]).toEqual([]);
  expect(Object.values(consentTransitions).flat()).not.toContain('pending');
});

/** Every status that a consent passes through under `reports`, the first one included. */
function history(reports: readonly ConsentStatus[]): ConsentStatus[] {
  const passed: ConsentStatus[] = ['pending'];
  for (const reported of reports) {
    if (consentTransitions[passed.at(-1) ?? 'pending'].includes(reported)) passed.push(reported);
  }
  return passed;
}

test('whatever is reported, in whatever order, a consent is begun, perhaps given, and ended once', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...consentStatuses), { maxLength: 20 }), (reports) => {
      expect(history(reports).join(' ')).toMatch(
        /^pending( active)?( expired)?$|^pending active revoked$|^pending (cancelled|failed)$/,
      );
    }),
  );
});
