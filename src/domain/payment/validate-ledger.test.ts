import { describe, expect, test } from 'vitest';
import { bookedOf, historyOf } from '../../../test/support/made-up-history.ts';
import type { PaymentFault } from './history.ts';
import { validateLedger, type Ledger } from './validate-ledger.ts';

const settled = historyOf(['awaiting_authorisation', 'settled']);
const open = historyOf(['awaiting_authorisation']);
const rejected = historyOf(['rejected']);
const unknown = historyOf(['unknown'], { reference: undefined });
const expired = historyOf(['unknown', 'expired'], { reference: undefined });
const other = {
  id: '0198c5a2-0000-7f6c-9f6a-4f1e2d3c4b5a',
  reference: 'Reference-2',
  idempotencyKey: 'key 2',
};
const booked = bookedOf(settled);

const faultsOf = (ledger: Ledger, isOver = true): PaymentFault[] =>
  validateLedger(ledger, { isOver }).map(({ fault }) => fault);

const broken: readonly (readonly [string, Ledger, readonly PaymentFault[]])[] = [
  [
    'an order that was carried out twice',
    { payments: [settled], books: [booked, { ...booked, reference: 'again' }] },
    ['paid_twice', 'two_at_bank'],
  ],
  [
    'a second payment of one order that waits for the customer',
    { payments: [settled], books: [booked, { ...booked, reference: 'again', state: 'waiting' }] },
    ['two_at_bank'],
  ],
  [
    'an order that reached the bank twice, and came to nothing once',
    {
      payments: [settled],
      books: [booked, { ...booked, reference: 'again', state: 'ended' }],
      rules: { ordersOnce: true },
    },
    ['ordered_twice'],
  ],
  [
    'a payment at the bank that Drop does not hold',
    { payments: [settled], books: [booked, { ...booked, reference: 'strange', paymentId: undefined }] },
    ['not_held'],
  ],
  [
    'a payment that the bank does not have',
    { payments: [settled], books: [] },
    ['not_at_bank', 'bank_differs'],
  ],
  [
    'a settlement that the bank has not made',
    { payments: [settled], books: [{ ...booked, state: 'under_way' }] },
    ['bank_differs'],
  ],
  [
    'a refusal although the bank has carried it out',
    { payments: [rejected], books: [bookedOf(rejected, { state: 'carried_out' })] },
    ['bank_differs'],
  ],
  [
    'another amount than the approved one',
    {
      payments: [settled],
      books: [{ ...booked, order: { ...booked.order, money: { amount: 1, currency: 'NOK' } } }],
    },
    ['settled_otherwise'],
  ],
  [
    'another creditor than the approved one',
    { payments: [settled], books: [{ ...booked, order: { ...booked.order, creditorAccountNumber: '1' } }] },
    ['settled_otherwise'],
  ],
  [
    'two payments of one key',
    {
      payments: [settled, { ...settled, ...other, idempotencyKey: 'key' }],
      books: [booked, { ...booked, paymentId: other.id, reference: 'Reference-2' }],
    },
    ['key_shared'],
  ],
  [
    'two payments of one reference',
    {
      payments: [settled, { ...settled, ...other, reference: 'REFERENCE-1' }],
      books: [booked],
    },
    ['reference_shared'],
  ],
  [
    'two payments that are above a limit together',
    {
      payments: [settled, { ...settled, ...other }],
      books: [booked, { ...booked, paymentId: other.id, reference: 'Reference-2' }],
      rules: { dayLimits: new Map([['customer', 20_000]]) },
    },
    ['limit_exceeded'],
  ],
  [
    'a payment without an answer that was given up too early',
    { payments: [expired], books: [], rules: { quarantinesMs: new Map([['provider', 5_000]]) } },
    ['concluded_early'],
  ],
  ['a payment that nothing resolved', { payments: [open], books: [bookedOf(open)] }, ['left_open']],
  [
    'a payment that was carried out and stayed unknown',
    { payments: [unknown], books: [bookedOf(unknown, { state: 'carried_out' })] },
    ['left_unknown'],
  ],
];

describe('is found in the ledger:', () => {
  test.each(broken)('%s', (_name, ledger, faults) => {
    expect(faultsOf(ledger)).toEqual(faults);
  });
});

const sound: readonly (readonly [string, Ledger])[] = [
  ['payments that agree with the books', { payments: [settled], books: [booked] }],
  [
    'a reference in other letters',
    { payments: [settled], books: [{ ...booked, reference: 'REFERENCE-1', paymentId: undefined }] },
  ],
  [
    'payments of two days that are below a limit',
    {
      payments: [settled, { ...settled, ...other, initiatedAt: new Date(500 - 86_400_000) }],
      books: [booked, { ...booked, paymentId: other.id, reference: 'Reference-2' }],
      rules: { dayLimits: new Map([['customer', 20_000]]) },
    },
  ],
  [
    'a payment without an answer that was given up after its quarantine',
    { payments: [expired], books: [], rules: { quarantinesMs: new Map([['provider', 1_000]]) } },
  ],
  ['an order that no bank ever answered', { payments: [unknown], books: [] }],
  [
    'a second payment that the operators know of',
    {
      payments: [{ ...settled, isContradicted: true }],
      books: [booked, { ...booked, reference: 'again', state: 'waiting' }],
    },
  ],
];

describe('is no finding in the ledger:', () => {
  test.each(sound)('%s', (_name, ledger) => {
    expect(faultsOf(ledger)).toEqual([]);
  });
});

test('a payment may be open while the bank is carrying it out', () => {
  expect(faultsOf({ payments: [open], books: [bookedOf(open, { state: 'under_way' })] }, false)).toEqual([]);
});
