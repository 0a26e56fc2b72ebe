import { expect, test } from 'vitest';
import type { PaymentOrder } from '../payment/order.ts';
import { assertTaken, instantOereMax, mayBeInstant, orderFault } from './order-fault.ts';
import { usualPaymentRules, type PaymentRules } from './payment-rules.ts';

const order: PaymentOrder = {
  money: { amount: 12_550, currency: 'NOK' },
  debtorAccountNumber: '12345678903',
  creditorName: 'Nordlys Strøm AS',
  creditorAccountNumber: '95360573002',
  remittance: { kind: 'none' },
  execution: { kind: 'normal' },
};
const kid = { remittance: { kind: 'kid', kid: '1234567897' } } as const;
const on = (date: string) => ({ execution: { kind: 'on', date } }) as const;
const instant = { execution: { kind: 'instant' } } as const;
const large = { money: { amount: instantOereMax + 1, currency: 'NOK' } };

const limits = (change: Partial<PaymentRules> = {}) => ({
  rules: { ...usualPaymentRules, takesInstant: true, daysAheadMax: 90, ...change },
  today: '2026-11-30',
});

test.each([
  ['a normal order', {}, { takesInstant: false, daysAheadMax: 0 }],
  ['an instant order', instant, {}],
  [
    'an instant order of the largest amount',
    { ...instant, money: { ...large.money, amount: 50_000_000 } },
    {},
  ],
  ['an order for tomorrow', on('2026-12-01'), {}],
  ['an order for a holiday', on('2026-12-25'), {}],
  ['an order with a KID for a later day', { ...kid, ...on('2026-12-01') }, {}],
  ['an order for the last day that it takes', on('2027-02-28'), {}],
])('a bank takes %s', (_what, change, rules) => {
  expect(orderFault({ ...order, ...change }, limits(rules))).toBeUndefined();
});

test.each([
  [
    'in another currency',
    { money: { amount: 100, currency: 'EUR' } },
    {},
    'amount',
    'payment_amount_invalid',
  ],
  ['that is instant, where it takes none', instant, { takesInstant: false }, 'instant', 'instant_not_taken'],
  ['that is instant and has a KID', { ...instant, ...kid }, {}, 'instant', 'instant_with_kid'],
  ['that is too large to be instant', { ...instant, ...large }, {}, 'instant', 'instant_amount_too_large'],
  [
    'for a day, where it takes none',
    on('2026-12-01'),
    { daysAheadMax: 0 },
    'executionDate',
    'execution_date_not_taken',
  ],
  ['for today', on('2026-11-30'), {}, 'executionDate', 'execution_date_not_future'],
  ['for a day that is over', on('2026-11-29'), {}, 'executionDate', 'execution_date_not_future'],
  ['for a day too far ahead', on('2027-03-01'), {}, 'executionDate', 'execution_date_too_far'],
] as const)('a bank does not take an order %s', (_what, change, rules, ...[field, message]) => {
  const fault = { kind: 'field', fault: { field, message } };
  expect(orderFault({ ...order, ...change }, limits(rules))).toEqual(fault);
});

test('an order that a bank does not take is refused before it is sent, with the field named', () => {
  const refused = expect.objectContaining({
    code: 'invalid_request',
    details: { outcome: 'not_sent', fields: [{ field: 'instant', message: 'instant_with_kid' }] },
  }) as Error;
  expect(() => assertTaken({ ...order, ...instant, ...kid }, limits())).toThrow(refused);
});

test('a KID that a bank does not take is the refusal of the bank', () => {
  const refused = expect.objectContaining({ code: 'payment_refused_by_bank' }) as Error;
  expect(() => assertTaken({ ...order, ...kid }, limits({ takesKid: false }))).toThrow(refused);
});

test('a KID and a large amount exclude an instant payment', () => {
  expect([order, { ...order, ...kid }, { ...order, ...large }].map(mayBeInstant)).toEqual([
    true,
    false,
    false,
  ]);
});
