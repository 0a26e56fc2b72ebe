import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { consentStatusAt, consentStatuses, consentTransitions, type ConsentStatus } from './consent.ts';

const finals = consentStatuses.filter((status) => consentTransitions[status].length === 0);
const anyReports = fc.array(fc.constantFrom(...consentStatuses), { maxLength: 12 });

/** Every status that the consent has in turn. */
function course(reports: readonly ConsentStatus[]): ConsentStatus[] {
  return reports.reduce<ConsentStatus[]>(
    (past, reported) => {
      const from = past.at(-1) ?? 'pending';
      return [...past, consentTransitions[from].includes(reported) ? reported : from];
    },
    ['pending'],
  );
}

function rank(status: ConsentStatus): number {
  return status === 'pending' ? 0 : status === 'active' ? 1 : 2;
}

describe('a consent', () => {
  test('ends as expired, revoked, cancelled or failed', () => {
    expect(finals).toEqual(['expired', 'revoked', 'cancelled', 'failed']);
  });

  test.each(['cancelled', 'failed'] as const)('that is active is not %s', (status) => {
    expect(consentTransitions.active).not.toContain(status);
  });

  test('that was not given is not revoked', () => {
    expect(consentTransitions.pending).not.toContain('revoked');
  });

  test('never goes backwards, whatever is reported in whatever order', () => {
    fc.assert(
      fc.property(anyReports, (reports) => {
        const ranks = course(reports).map(rank);
        expect(ranks).toEqual(ranks.toSorted((left, right) => left - right));
      }),
    );
  });

  test('that has ended stays as it is', () => {
    fc.assert(
      fc.property(anyReports, fc.constantFrom(...finals), (reports, end) => {
        const past = course(reports);
        const index = past.findIndex((status) => finals.includes(status));
        if (index !== -1) expect(new Set(past.slice(index)).size).toBe(1);
        expect(consentTransitions[end]).toEqual([]);
      }),
    );
  });

  test('that expired is expired, whether or not it was heard that it had been given', () => {
    const reports = fc.constantFrom<ConsentStatus[]>(
      ['active', 'expired'],
      ['expired', 'active'],
      ['expired'],
      ['active', 'active', 'expired', 'active'],
    );
    fc.assert(fc.property(reports, (order) => expect(course(order).at(-1)).toBe('expired')));
  });
});

describe('consentStatusAt', () => {
  const validUntil = new Date('2026-08-22T14:30:00Z');
  const before = new Date(validUntil.getTime() - 1);

  test('is active to the last millisecond, and expired from then on', () => {
    expect(consentStatusAt('active', validUntil, before)).toBe('active');
    expect(consentStatusAt('active', validUntil, validUntil)).toBe('expired');
  });

  test('is active where no end is known', () => {
    expect(consentStatusAt('active', undefined, validUntil)).toBe('active');
  });

  test.each(consentStatuses.filter((status) => status !== 'active'))('leaves %s as it is', (status) => {
    expect(consentStatusAt(status, validUntil, new Date('2030-01-01T00:00:00Z'))).toBe(status);
  });
});
