import { expect, test } from 'vitest';
import { isFinal, paymentStatuses } from '#domain/payment/status.ts';
import { nextActOf } from './next-act.ts';

const at = new Date('2026-02-23T14:30:00Z');
const fate = { payment_id: 'p', contradicted_at: null, due_at: at, redirect_expires_at: null };

test.each(paymentStatuses)('Drop does nothing about a payment only if it is over: %s', (status) => {
  const next = nextActOf({ ...fate, status });
  expect(next.does.startsWith('nothing')).toBe(isFinal(status));
  expect(next.at).toEqual(isFinal(status) ? null : at);
});

test('a contradicted payment is asked about, whatever its status', () => {
  const next = nextActOf({ ...fate, status: 'settled', contradicted_at: at });
  expect(next).toMatchObject({ does: expect.stringContaining('asks the bank') as string, at });
});

test('one of unknown outcome without a reference cannot be asked about, and the time is that of the next check', () => {
  const { does } = nextActOf({ ...fate, status: 'unknown', payment_id: null });
  expect(does).toContain('cannot ask');
  expect(does).toMatch(/checks again$/);
});

test('the end of the approval is named', () => {
  const { does } = nextActOf({ ...fate, status: 'awaiting_authorisation', redirect_expires_at: at });
  expect(does).toContain('until 2026-02-23T14:30:00.000Z');
});
