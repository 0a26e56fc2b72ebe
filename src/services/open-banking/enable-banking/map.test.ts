import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { movePayment, paymentStatuses } from '#domain/payment.ts';
import { fixture } from './fixture.ts';
import { toBank, toConsentStatus, toGrant, toPaymentReport, toStartedPayment } from './map.ts';
import {
  aspspsResponse,
  authorizeSessionResponse,
  createPaymentResponse,
  paymentResponse,
  sessionResponse,
  type WirePayment,
} from './wire.ts';

const payment = (change: Record<string, unknown>): WirePayment =>
  paymentResponse.parse({ ...Object(fixture('payment')), ...change });

describe('payment status', () => {
  test.each([
    ['RCVD', false, 'awaiting_authorisation'],
    ['PDNG', false, 'awaiting_authorisation'],
    ['ACTC', false, 'authorised'],
    ['ACCP', false, 'authorised'],
    ['ACWC', false, 'authorised'],
    ['ACPT', false, 'authorised'],
    ['ACSP', false, 'processing'],
    ['ACWP', false, 'processing'],
    ['PART', false, 'processing'],
    ['ACSC', false, 'processing'],
    ['ACSC', true, 'settled'],
    ['ACCC', false, 'settled'],
    ['ACCC', true, 'settled'],
    ['RJCT', true, 'rejected'],
    ['CNCL', true, 'cancelled'],
  ])('%s, final %s, is %s', (status, final_status, expected) => {
    expect(toPaymentReport(payment({ status, final_status }), undefined).status).toBe(expected);
  });

  test.each(['NULL', 'PACR', 'PDCR', 'ACCR', 'RJCR', 'NEWS', ''])(
    '%j moves no payment anywhere',
    (status) => {
      const report = toPaymentReport(payment({ status, final_status: true }), ['ACSC']);
      expect(report.wireStatus).toBe(status);
      for (const from of paymentStatuses) expect(movePayment(from, report.status).kind).not.toBe('moved');
    },
  );

  test('a final status settles only where the bank ends well with it', () => {
    const acsc = payment({ status: 'ACSC', final_status: true });
    expect(toPaymentReport(acsc, ['ACCC']).status).toBe('processing');
    const acsp = payment({ status: 'ACSP', final_status: true });
    expect(toPaymentReport(acsp, ['ACSP']).status).toBe('settled');
  });

  test('without the word of the provider nothing is final', () => {
    expect(toPaymentReport(payment({ status: 'ACSC', final_status: undefined }), ['ACSC']).status).toBe(
      'processing',
    );
  });

  test('only ACCC says that the creditor was credited', () => {
    expect(toPaymentReport(payment({ status: 'ACCC' }), undefined).creditorCredited).toBe(true);
    expect(toPaymentReport(payment({ status: 'ACSC' }), undefined).creditorCredited).toBe(false);
  });

  test.each([
    ['PDNG', 'awaiting_authorisation'],
    ['ACTC', 'awaiting_authorisation'],
    ['ACCC', 'awaiting_authorisation'],
    ['RJCT', 'rejected'],
  ])('a payment that begins as %s is %s', (status, expected) => {
    const created = createPaymentResponse.parse({ ...Object(fixture('created-payment')), status });
    expect(toStartedPayment(created).status).toBe(expected);
  });

  test('a page to approve at that is no web address is not accepted', () => {
    const url = 'javascript:alert(1)';
    const created = createPaymentResponse.safeParse({ ...Object(fixture('created-payment')), url });
    expect(created.success).toBe(false);
  });
});

describe('payment', () => {
  test('is reported with reason and order, the account number out of its IBAN', () => {
    expect(toPaymentReport(payment({}), ['ACSC'])).toEqual({
      reference: '497f6eca-6276-4993-bfeb-53cbbbba6f08',
      status: 'rejected',
      wireStatus: 'RJCT',
      reasonCode: 'AM04',
      creditorCredited: false,
      order: { money: { amount: 12_550, currency: 'NOK' }, creditorAccountNumber: '95360573002' },
    });
  });

  test.each([null, undefined, {}, { credit_transfer_transaction: [] }, 'nonsense'])(
    'has no order where the details are %j',
    (payment_details) => {
      expect(toPaymentReport(payment({ payment_details }), undefined).order).toBeUndefined();
    },
  );
});

describe('consent', () => {
  test.each([
    ['AUTHORIZED', 'active'],
    ['PENDING_AUTHORIZATION', 'pending'],
    ['RETURNED_FROM_BANK', 'pending'],
    ['EXPIRED', 'expired'],
    ['CLOSED', 'revoked'],
    ['REVOKED', 'revoked'],
    ['CANCELLED', 'cancelled'],
    ['INVALID', 'failed'],
    ['SOMETHING_NEW', 'pending'],
  ])('%s is %s', (status, expected) => {
    expect(toConsentStatus(sessionResponse.parse({ status }).status)).toBe(expected);
  });

  test('grants the accounts that can be read, by the hash that outlives it', () => {
    const grant = toGrant(authorizeSessionResponse.parse(fixture('authorized-session')));
    expect(grant).toEqual({
      reference: '4604aa90-f8a8-4180-92d8-0c3270846f0a',
      validUntil: new Date('2026-08-22T14:20:00Z'),
      accounts: [
        {
          reference: '07cc67f4-45d6-494b-adac-09b5cbc7e2b5@DNB',
          identity: 'hash-one',
          accountNumber: '12345678903',
          name: 'Brukskonto',
          ownerName: 'Kari Prøve',
          currency: 'NOK',
        },
        {
          reference: 'b2f2d7a1-9d4b-4c38-8c5a-8c1d7f6a2e11+credit@DNB',
          identity: 'hash-two',
          accountNumber: '86011117947',
          name: 'Kredittkonto',
          ownerName: 'Kari Prøve',
          currency: 'NOK',
        },
      ],
    });
  });
});

test('names are shown as they read, whatever characters a bank puts into them', () => {
  const session = z
    .looseObject({ accounts: z.array(z.looseObject({})) })
    .parse(fixture('authorized-session'));
  const [account] = session.accounts;
  const accounts = [
    { ...account, details: '\u202eotnoK\u202c\u0000 1', name: 'Kari\u2067Prøve' },
    { ...account, details: '\u200b', product: 'Brukskonto', name: null },
  ];
  const parsed = authorizeSessionResponse.parse({ ...session, accounts });
  expect(toGrant(parsed).accounts).toMatchObject([
    { name: 'otnoK 1', ownerName: 'KariPrøve' },
    { name: undefined, ownerName: undefined },
  ]);
  const [aspsp] = aspspsResponse.parse(fixture('aspsps'));
  expect(aspsp && toBank({ aspsp: { ...aspsp, name: 'DN\u202eB' }, readsBalances: true })).toMatchObject({
    id: 'DN\u202eB',
    name: 'DNB',
  });
});

test('a bank that cannot be read does not hide the others', () => {
  const banks = aspspsResponse.parse(fixture('aspsps'));
  expect(banks.map((aspsp) => toBank({ aspsp, readsBalances: true }))).toEqual([
    {
      id: 'DNB',
      name: 'DNB',
      bic: 'DNBANOKK',
      maximumConsentValiditySeconds: 15_552_000,
      readsBalances: true,
      initiatesPayments: true,
    },
    {
      id: 'Bank som bare leses',
      name: 'Bank som bare leses',
      bic: undefined,
      maximumConsentValiditySeconds: 7_776_000,
      readsBalances: true,
      initiatesPayments: false,
    },
  ]);
});
