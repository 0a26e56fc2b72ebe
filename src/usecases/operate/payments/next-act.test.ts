import { expect, test } from 'vitest';
import { isFinal, paymentStatuses } from '#domain/payment/status.ts';
import { nextActOf, quarantineEnd } from './next-act.ts';

const at = new Date('2026-02-23T14:30:00Z');
const fate = {
  payment_id: 'p',
  contradicted_at: null,
  due_at: at,
  redirect_expires_at: null,
  initiated_at: new Date('2026-06-30T22:30:00Z'),
  created_at: at,
};
const quarantineMs = 24 * 3_600_000;

test.each(paymentStatuses)('Drop does nothing about a payment only if it is over: %s', (status) => {
  const next = nextActOf({ ...fate, status });
  expect(next.does.startsWith('nothing')).toBe(isFinal(status));
  expect(next.at).toEqual(isFinal(status) ? null : at);
});

test('a contradicted payment is asked about, whatever its status', () => {
  const next = nextActOf({ ...fate, status: 'settled', contradicted_at: at });
  expect(next).toMatchObject({ does: expect.stringContaining('asks the bank') as string, at });
});

test('one of unknown outcome without a reference cannot be asked about, and the time is that of the next look', () => {
  const { does } = nextActOf({ ...fate, status: 'unknown', payment_id: null });
  expect(does).toContain('cannot ask');
  expect(does).toMatch(/looks again$/);
});

test.each([
  [true, 'if nothing was found by then, Drop marks it as expired'],
  [false, 'if nothing was found by then, it stays unknown, and an operator asks the bank'],
])(
  'where it needs an approval (%s), the end of its quarantine is told in Norway’s time',
  (needsApproval, what) => {
    const payment = { ...fate, status: 'unknown', payment_id: null } as const;
    const { does } = nextActOf(payment, { needsApproval, quarantineMs });
    expect(does).toContain(`Its quarantine ends at 00:30 on 2026-07-02 in Norway: ${what}`);
  },
);

test('an order that was never claimed counts from when it was created', () => {
  const payment = { ...fate, status: 'unknown', payment_id: null, initiated_at: null } as const;
  const end = quarantineEnd(payment, { needsApproval: true, quarantineMs });
  expect(end).toEqual(new Date('2026-02-24T14:30:00Z'));
});

test.each([{ payment_id: 'p' }, { status: 'settled' }] as const)(
  'one with %o is in no quarantine',
  (change) => {
    const payment = { ...fate, status: 'unknown', payment_id: null, ...change } as const;
    expect(quarantineEnd(payment, { needsApproval: true, quarantineMs })).toBeUndefined();
  },
);

test('the end of the approval is named', () => {
  const { does } = nextActOf({ ...fate, status: 'awaiting_authorisation', redirect_expires_at: at });
  expect(does).toContain('until 2026-02-23T14:30:00.000Z');
});
