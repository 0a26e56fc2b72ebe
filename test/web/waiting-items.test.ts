import { describe, expect, test } from 'vitest';
import type { Connection } from '#http/contract/banks.ts';
import type { Payment } from '#http/contract/payments.ts';
import type { PaymentDraft } from '#http/contract/payment-draft.ts';
import { waitingItems } from '#customer/home/waiting-items.ts';

const now = Date.parse('2026-02-23T14:30:00Z');
const days = (count: number): string => new Date(now + count * 86_400_000).toISOString();
type Known = Parameters<typeof waitingItems>[0];

const connection = (change: Partial<Connection>): Connection => ({
  id: 'c1',
  bankId: 'dnb',
  bankName: 'DNB',
  status: 'active',
  validUntil: days(100),
  createdAt: days(-80),
  isRenewal: false,
  next: { kind: 'none' },
  ...change,
});
const payment = (change: Partial<Payment>): Payment =>
  ({
    id: 'p1',
    status: 'awaiting_authorisation',
    isContradicted: false,
    dismissedAt: null,
    next: { kind: 'redirect', url: 'https://bank.example' },
    ...change,
  }) as Payment;
const kindsOf = (known: Partial<Known>) => {
  const nothing = { connections: [], payments: [], verify: undefined, bank: undefined, draft: null, now };
  return waitingItems({ ...nothing, ...known }).map(({ kind }) => kind);
};

test('what keeps the customer from paying comes first, and what can wait comes last', () => {
  const connections = [
    connection({ validUntil: days(5) }),
    connection({ id: 'c2', bankId: 'nordea', status: 'expired' }),
  ];
  const draft = { name: 'Strøm AS', accountNumber: '', amount: '' } as PaymentDraft;
  expect(kindsOf({ connections, payments: [payment({})], verify: 'verifyRetry', draft })).toEqual([
    ...['verification', 'consentExpired', 'approve', 'draft', 'consentEnds'],
  ]);
});

test('nothing waits while nothing is known, and while all is well', () => {
  expect(kindsOf({ connections: undefined, payments: undefined, draft: undefined })).toEqual([]);
  expect(kindsOf({ connections: [connection({}), connection({ id: 'c2', validUntil: null })] })).toEqual([]);
});

test('a customer without a bank links one, once they are verified', () => {
  expect(kindsOf({ bank: 'bank' })).toEqual(['bank']);
  expect(kindsOf({ bank: 'bank', verify: 'verifyRetry' })).toEqual(['verification']);
});

test('an expired consent that a newer one has taken the place of does not wait', () => {
  const newer = connection({ id: 'c2', createdAt: days(-1) });
  expect(kindsOf({ connections: [connection({ status: 'expired' }), newer] })).toEqual([]);
});

describe('a payment does not wait', () => {
  test.each<[string, Partial<Payment>]>([
    ['once it is approved', { status: 'processing' }],
    ['once it is put aside', { dismissedAt: days(0) }],
    ['while the bank contradicts itself', { isContradicted: true }],
    ['where there is nothing to do for the customer', { next: { kind: 'none' } }],
  ])('%s', (_, change) => {
    expect(kindsOf({ payments: [payment(change)] })).toEqual([]);
  });
});

test('an empty draft does not wait', () => {
  expect(kindsOf({ draft: { name: '', accountNumber: '', amount: '' } as PaymentDraft })).toEqual([]);
});
