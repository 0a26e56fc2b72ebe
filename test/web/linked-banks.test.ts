import { expect, test } from 'vitest';
import { linkedBanks } from '#customer/accounts/sort-connections.ts';
import type { Connection } from '#http/contract/banks.ts';

function consent(id: string, status: Connection['status'], bankId = 'dnb'): Connection {
  const next = { kind: 'none' } as const;
  const createdAt = `2026-03-0${id}T10:00:00.000Z`;
  return { id, bankId, bankName: bankId, status, validUntil: null, createdAt, isRenewal: false, next };
}

/** The ids of the consents of each bank, in the order on the screen. */
function shown(connections: Connection[]): string[] {
  return linkedBanks(connections).map(
    ({ bankId, consents }) => `${bankId} ${consents.map(({ id }) => id).join()}`,
  );
}

test('a bank that is linked twice is one bank, with the newest consent first', () => {
  expect(shown([consent('1', 'active'), consent('2', 'active'), consent('3', 'active', 'nordea')])).toEqual([
    'nordea 3',
    'dnb 2,1',
  ]);
});

test('an expired consent is not shown as current beside an active one, whichever is newer', () => {
  for (const [older, newer] of [
    ['active', 'expired'],
    ['expired', 'active'],
  ] as const) {
    const connections = [consent('1', older), consent('2', newer)];
    const active = older === 'active' ? '1' : '2';
    expect(shown(connections)).toEqual([`dnb ${active}`]);
  }
});

test('a bank whose consents have all expired shows the newest of them', () => {
  expect(shown([consent('1', 'expired'), consent('3', 'expired'), consent('2', 'expired')])).toEqual([
    'dnb 3',
  ]);
});

test('withdrawn, cancelled, failed and pending consents are not current', () => {
  const ended = (['revoked', 'cancelled', 'failed', 'pending'] as const).map((status) =>
    consent('1', status),
  );
  expect(shown(ended)).toEqual([]);
});
