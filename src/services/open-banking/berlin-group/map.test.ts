import { describe, expect, test } from 'vitest';
import { differencesOf } from '#domain/payment/order.ts';
import { toPaymentReport } from './map.ts';
import { paymentSchema } from './wire.ts';

const order = {
  endToEndIdentification: '0f8fad5bd9cb469fa16570867728950e',
  debtorAccount: { bban: '12345678903' },
  creditorAccount: { iban: 'NO0995360573002' },
  creditorName: 'Nordlys',
  instructedAmount: { currency: 'NOK', amount: '125.50' },
};

const both = { bban: '95360573002' };

const plain = { reportsNoFundsAsAccp: false, settledStatuses: ['ACSC', 'ACCC'] };
const waiting = { ...plain, reportsNoFundsAsAccp: true };

function report(
  transactionStatus: string,
  profile = plain,
  fundsAvailable: boolean | undefined = undefined,
  fields: object = order,
) {
  const payment = paymentSchema.parse({ ...fields, transactionStatus });
  return toPaymentReport(payment, { reference: 'dnb:/p-1', profile, fundsAvailable });
}

test.each([
  ['RCVD', 'awaiting_authorisation'],
  ['PATC', 'awaiting_authorisation'],
  ['PDNG', 'awaiting_authorisation'],
  ['ACTC', 'authorised'],
  ['ACCP', 'authorised'],
  ['ACFC', 'authorised'],
  ['ACWC', 'authorised'],
  ['ACSP', 'processing'],
  ['ACWP', 'processing'],
  ['PART', 'processing'],
  ['ACSC', 'settled'],
  ['ACCC', 'settled'],
  ['RJCT', 'rejected'],
  ['CANC', 'cancelled'],
  ['CNCL', 'cancelled'],
])('%s is %s', (wireStatus, status) => {
  expect(report(wireStatus)).toMatchObject({ status, wireStatus });
});

test('only ACCC says that the creditor was credited', () => {
  expect(report('ACSC').creditorCredited).toBe(false);
  expect(report('ACCC').creditorCredited).toBe(true);
});

test.each(['RJCR', 'XXXX'])('%s moves nothing: the payment stands', (wireStatus) => {
  expect(report(wireStatus)).toMatchObject({ status: 'unknown', wireStatus });
});

describe('at a bank whose ACCP may be for want of money, ACCP', () => {
  test.each([
    ['without enough money', false, 'unknown', 'insufficient_funds'],
    ['while nothing is known of the money', undefined, 'unknown', undefined],
    ['with enough money', true, 'authorised', undefined],
  ])('%s', (_case, funds, status, reason) => {
    expect(report('ACCP', waiting, funds)).toMatchObject({ status, reason });
  });
});

test.each([
  [false, 'insufficient_funds'],
  [true, undefined],
  [undefined, undefined],
])('a rejection with fundsAvailable %s has the reason %s', (funds, reason) => {
  expect(report('RJCT', plain, funds).reason).toBe(reason);
});

test('a payment that settled has no reason, whatever is said of the funds', () => {
  expect(report('ACSC', plain, false).reason).toBeUndefined();
});

test('the order is read, whichever form its accounts have', () => {
  expect(report('ACSC').order).toEqual({
    kind: 'read',
    order: {
      money: { amount: 12_550, currency: 'NOK' },
      creditorAccountNumber: '95360573002',
      debtorAccountNumber: '12345678903',
      kid: undefined,
      text: undefined,
      endToEndId: '0f8fad5bd9cb469fa16570867728950e',
    },
  });
});

test.each([
  ['creditor abroad', { creditorAccount: { iban: 'SE4550000000058398257466' } }, 'creditorAccountNumber'],
  [
    'creditor of another IBAN',
    { creditorAccount: { bban: '95360573002', iban: 'NO9386011117947' } },
    'creditorAccountNumber',
  ],
  ['debtor abroad', { debtorAccount: { iban: 'SE4550000000058398257466' } }, 'debtorAccountNumber'],
])('a %s is another one', (_case, fields, member) => {
  const approved = {
    id: '0f8fad5b-d9cb-469f-a165-70867728950e',
    money: { amount: 12_550, currency: 'NOK' },
    debtorAccountNumber: '12345678903',
    creditorName: 'Nordlys Strøm AS',
    creditorAccountNumber: '95360573002',
    remittance: { kind: 'none' },
    execution: { kind: 'normal' },
  } as const;
  const { order: reading } = report('ACSC', plain, undefined, { ...order, ...fields });
  expect(differencesOf(approved, reading)).toEqual([member]);
});

test.each([
  ['is absent', {}],
  ['has an end-to-end id that is a number', { ...order, endToEndIdentification: 7 }],
  ['has a text that is a list', { ...order, remittanceInformationUnstructured: ['Til meg'] }],
  ['has a KID that is a number', { ...order, remittanceInformationStructured: { reference: 1234567897 } }],
  ['has a debtor whose number is no text', { ...order, debtorAccount: { bban: 86_011_117_947 } }],
  [
    'has a creditor of two forms, of which one is no text',
    { ...order, creditorAccount: { ...both, iban: 1 } },
  ],
  ['has a creditor that is no account', { ...order, creditorAccount: { bban: '1' } }],
  ['has an amount finer than øre', { ...order, instructedAmount: { currency: 'NOK', amount: '1.005' } }],
])('an order that %s is unreadable, and the status is read all the same', (_case, fields) => {
  const { status, order: reading } = report('ACSC', plain, undefined, fields);
  expect({ status, reading }).toEqual({ status: 'settled', reading: { kind: 'unreadable' } });
});

test('a status that does not settle at the bank by its profile is under way', () => {
  const credited = { ...plain, settledStatuses: ['ACCC'] };
  expect(['ACSC', 'ACCC'].map((word) => report(word, credited).status)).toEqual(['processing', 'settled']);
});

test('the day that a bank reports is part of the order', () => {
  const { order: read } = report('ACTC', plain, undefined, {
    ...order,
    requestedExecutionDate: '2026-12-24',
  });
  expect(read).toMatchObject({ kind: 'read', order: { executionDate: '2026-12-24' } });
});
