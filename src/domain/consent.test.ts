import { expect, test } from 'vitest';
import { consentStatusAt, consentStatuses, consentTransitions } from './consent.ts';

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
