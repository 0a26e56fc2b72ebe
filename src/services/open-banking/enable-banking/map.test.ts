import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { ReportedOrder } from '#domain/payment/order.ts';
import { fixture } from './fixture.ts';
import { toBank, toConsentStatus, toGrant, toPaymentReport, toStartedPayment } from './map.ts';
import {
  aspspsSchema,
  authorizeSessionSchema,
  createPaymentSchema,
  paymentSchema,
  sessionSchema,
  type WirePayment,
} from './wire.ts';

const payment = (change: Record<string, unknown>): WirePayment =>
  paymentSchema.parse({ ...Object(fixture('payment')), ...change });

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
    ['ACCC', false, 'processing'],
    ['ACCC', true, 'settled'],
    ['RJCT', true, 'rejected'],
    ['CNCL', true, 'cancelled'],
    // The bank may yet book it.
    ['RJCT', false, 'unknown'],
    ['CNCL', false, 'unknown'],
    ['RJCT', undefined, 'unknown'],
    ['CNCL', null, 'unknown'],
    ['RJCT', 'true', 'unknown'],
  ])('%s, final %s, is %s', (status, final_status, expected) => {
    expect(toPaymentReport(payment({ status, final_status }), undefined).status).toBe(expected);
  });

  test.each(['NULL', 'PACR', 'PDCR', 'ACCR', 'RJCR', 'NEWS', ''])(
    '%j moves no payment anywhere',
    (status) => {
      const report = toPaymentReport(payment({ status, final_status: true }), ['ACSC']);
      expect(report.wireStatus).toBe(status);
      expect(report.status).toBe('unknown');
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
    const credited = (status: string) =>
      toPaymentReport(payment({ status, final_status: true }), undefined).creditorCredited;
    expect(credited('ACCC')).toBe(true);
    expect(credited('ACSC')).toBe(false);
  });

  test.each([
    ['PDNG', 'awaiting_authorisation'],
    ['ACTC', 'awaiting_authorisation'],
    ['ACCC', 'awaiting_authorisation'],
    ['RJCT', 'unknown'],
    ['CNCL', 'unknown'],
  ])('a payment that begins as %s is %s', (status, expected) => {
    const created = createPaymentSchema.parse({ ...Object(fixture('created-payment')), status });
    expect(toStartedPayment(created).status).toBe(expected);
  });

  test.each(['javascript:alert(1)', '', null, 7])(
    'a page %j to approve at is none, and the id is kept',
    (url) => {
      const created = createPaymentSchema.parse({ ...Object(fixture('created-payment')), url });
      expect(toStartedPayment(created)).toMatchObject({
        reference: expect.any(String) as string,
        status: 'unknown',
        next: { kind: 'none' },
      });
    },
  );

  test.each(['', '..', '.', 'a/b', 'a?b', 'a%2fb', 'x'.repeat(101)])('an id %j is none', (payment_id) => {
    const created = { ...Object(fixture('created-payment')), payment_id };
    expect(createPaymentSchema.safeParse(created).success).toBe(false);
  });

  test('of a word that is none only the beginning is kept', () => {
    const report = toPaymentReport(payment({ status: 'x'.repeat(200_000) }), undefined);
    expect(report.wireStatus).toHaveLength(40);
  });
});

describe('payment', () => {
  test('is reported with reason and order, the account number out of its IBAN', () => {
    expect(toPaymentReport(payment({}), ['ACSC'])).toEqual({
      reference: '497f6eca-6276-4993-bfeb-53cbbbba6f08',
      status: 'rejected',
      wireStatus: 'RJCT',
      reason: 'insufficient_funds',
      reasonCode: 'AM04',
      creditorCredited: false,
      order: {
        kind: 'read',
        order: {
          money: { amount: 12_550, currency: 'NOK' },
          creditorAccountNumber: '95360573002',
          debtorAccountNumber: '12345678903',
          kid: '1234567897',
          text: undefined,
          endToEndId: '0f8fad5bd9cb469fa16570867728950e',
          executionDate: undefined,
          isInstant: false,
        },
      },
    });
  });

  const details = z
    .looseObject({ credit_transfer_transaction: z.tuple([z.looseObject({})]) })
    .parse(z.looseObject({ payment_details: z.unknown() }).parse(fixture('payment')).payment_details);
  const [transfer] = details.credit_transfer_transaction;
  const withTransfer = (change: object) => ({
    ...details,
    credit_transfer_transaction: [{ ...transfer, ...change }],
  });

  test.each<[string, unknown]>([
    ['no details', undefined],
    ['details that are null', null],
    ['details that are a text', 'nonsense'],
    ['details without transfers', {}],
    ['an empty list of transfers', { ...details, credit_transfer_transaction: [] }],
    ['a second transfer', { ...details, credit_transfer_transaction: [transfer, transfer] }],
    ['an amount that is a number', withTransfer({ instructed_amount: { currency: 'NOK', amount: 125.5 } })],
    ['three decimals', withTransfer({ instructed_amount: { currency: 'NOK', amount: '125.505' } })],
    ['no currency', withTransfer({ instructed_amount: { amount: '125.50' } })],
    ['no creditor', withTransfer({ beneficiary: { creditor: { name: 'Nordlys Strøm AS' } } })],
    ['no beneficiary', withTransfer({ beneficiary: null })],
    [
      'a creditor in another scheme',
      withTransfer({
        beneficiary: { creditor_account: { identification: '95360573002', scheme_name: 'CPAN' } },
      }),
    ],
    ['a KID that is a number', withTransfer({ reference_number: 1_234_567_897 })],
  ])('%s: an order that cannot be read, which is no agreement', (_case, payment_details) => {
    expect(toPaymentReport(payment({ payment_details }), undefined).order).toEqual({ kind: 'unreadable' });
  });

  const orderOf = (payment_details: object): ReportedOrder => {
    const { order } = toPaymentReport(payment({ payment_details }), undefined);
    return order.kind === 'read' ? order.order : expect.unreachable('the order can be read');
  };

  test('the debtor in another form is the same account, and in another scheme is not given back', () => {
    const debtor = (identification: string, scheme_name: string | null) =>
      orderOf({ ...details, debtor_account: { identification, scheme_name } }).debtorAccountNumber;
    expect(debtor('1234.56.78903', 'BBAN')).toBe('12345678903');
    expect(debtor('NO93 8601 1117 947', 'IBAN')).toBe('86011117947');
    expect(debtor('12345678903', null)).toBe('12345678903');
    expect(debtor('5412********1234', 'CPAN')).toBeUndefined();
    // An identification that reads as an account number is compared, whatever the scheme is called.
    expect(debtor('86011117947', 'OTHER')).toBe('86011117947');
    expect(debtor('86011117947', 'bban')).toBe('86011117947');
    expect(orderOf({ ...details, debtor_account: null }).debtorAccountNumber).toBeUndefined();
  });

  test('empty texts, and the word for no end-to-end identification, are not given back', () => {
    const order = orderOf(
      withTransfer({
        reference_number: '',
        remittance_information: [],
        payment_id: { end_to_end_id: 'NOTPROVIDED' },
      }),
    );
    expect(order).toMatchObject({ kid: undefined, text: undefined, endToEndId: undefined });
  });
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
    expect(toConsentStatus(sessionSchema.parse({ status }).status)).toBe(expected);
  });

  test('grants the accounts that can be read, by the hash that outlives it', () => {
    const grant = toGrant(authorizeSessionSchema.parse(fixture('authorized-session')), 'NO');
    expect(grant).toEqual({
      reference: '4604aa90-f8a8-4180-92d8-0c3270846f0a',
      bankId: 'DNB',
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
    { ...account, details: '\u202eotnoK\u202c 1', name: 'Kari\u2067Prøve' },
    { ...account, details: '\u200b', product: 'Brukskonto', name: null },
    { ...account, details: 'Konto'.repeat(10_000) },
  ];
  const parsed = authorizeSessionSchema.parse({ ...session, accounts });
  expect(toGrant(parsed, 'NO')?.accounts).toMatchObject([
    { name: 'otnoK 1', ownerName: 'KariPrøve' },
    { name: 'Brukskonto', ownerName: undefined },
    { name: 'Konto'.repeat(28) },
  ]);
  const [aspsp] = aspspsSchema.parse(fixture('aspsps'));
  expect(aspsp && toBank({ aspsp: { ...aspsp, name: 'DN\u202eB' }, readsBalances: true })).toMatchObject({
    id: 'DN\u202eB',
    name: 'DNB',
  });
});

describe('accounts of a session', () => {
  const uid = '07cc67f4-45d6-494b-adac-09b5cbc7e2b5';
  const good = {
    uid,
    account_id: { iban: 'NO7112345678903', other: null },
    details: 'Brukskonto',
    currency: 'NOK',
    identification_hash: 'hash',
  };
  const session = {
    session_id: 's',
    aspsp: { name: 'DNB', country: 'NO' },
    access: { valid_until: '2026-08-22' },
  };
  const accountsOf = (...accounts: unknown[]) =>
    toGrant(authorizeSessionSchema.parse({ ...session, accounts }), 'NO')?.accounts;
  const granted = {
    reference: `${uid}@DNB`,
    identity: 'hash',
    accountNumber: '12345678903',
    name: 'Brukskonto',
    currency: 'NOK',
  };

  test.each([
    [null],
    ['an account'],
    [{}],
    [{ ...good, uid: 7 }],
    [{ ...good, uid: '../sessions' }],
    [{ ...good, account_id: null, identification_hash: null }],
    [{ ...good, account_id: { iban: 'DE89370400440532013000' }, identification_hash: undefined }],
    [{ ...good, account_id: { iban: 'NO7112345678904' }, identification_hash: 7 }],
  ])('such as %j do not cost the good ones', (odd) => {
    expect(accountsOf(odd, good)).toEqual([{ ...granted, ownerName: undefined }]);
  });

  test.each([
    [{ identification_hash: undefined }, { identity: undefined }],
    [{ identification_hash: { hash: 1 } }, { identity: undefined }],
    [{ identification_hash: '' }, { identity: undefined }],
    [{ account_id: null }, { accountNumber: undefined }],
    [{ account_id: 'NO7112345678903' }, { accountNumber: undefined }],
    [{ account_id: { iban: 7, other: { identification: '12345678903', scheme_name: null } } }, {}],
    [{ account_id: { iban: null, other: { identification: '1234.56.78903' } } }, {}],
    [{ account_id: null, all_account_ids: [null, { identification: '12345678903', scheme_name: null }] }, {}],
    [{ account_id: null, all_account_ids: 'none' }, { accountNumber: undefined }],
    [{ details: 7, product: 'Konto Pluss' }, { name: 'Konto Pluss' }],
    [{ details: '', product: 'Konto Pluss' }, { name: 'Konto Pluss' }],
    [{ details: 'Bruks\0konto', product: [] }, { name: undefined }],
    [{ currency: 'XXX' }, { currency: undefined }],
    [{ currency: null }, { currency: undefined }],
    [{ currency: 'nok' }, { currency: undefined }],
    [{ currency: 'EUR' }, { currency: 'EUR', reference: `${uid}+EUR@DNB` }],
    [{ credit_limit: { currency: 'NOK', amount: '0.00' } }, {}],
    [{ credit_limit: { currency: 'NOK', amount: '+5000.00' } }, { reference: `${uid}+credit@DNB` }],
    [{ credit_limit: 'some' }, { reference: `${uid}+credit@DNB` }],
  ])('with %j are kept, as far as they can be read', (change, expected) => {
    expect(accountsOf({ ...good, ...change })).toEqual([{ ...granted, ownerName: undefined, ...expected }]);
  });

  test.each([
    { aspsp: undefined },
    { aspsp: { name: 'DNB' } },
    { access: null },
    { access: { valid_until: 'soon' } },
    { accounts: undefined },
    { accounts: 'none' },
    { accounts: [] },
    { accounts: [{ ...good, uid: null }] },
  ])('are no grant with %j, but the session is known', (change) => {
    const parsed = authorizeSessionSchema.parse({ ...session, accounts: [good], ...change });
    expect(parsed.session_id).toBe('s');
    expect(toGrant(parsed, 'NO')).toBeUndefined();
  });

  test.each([undefined, null, '', 7, '.', '..', 'a\0b', '\ud800'])(
    'of session %j are nobody’s',
    (session_id) => {
      expect(authorizeSessionSchema.safeParse({ ...session, session_id }).success).toBe(false);
    },
  );

  test('of a bank of another country are of another bank', () => {
    const abroad = { ...session, aspsp: { name: 'DNB', country: 'FI' }, accounts: [good] };
    expect(toGrant(authorizeSessionSchema.parse(abroad), 'NO')?.bankId).toBe('DNB (FI)');
  });
});

describe('a bank', () => {
  const bank = { name: 'DNB', country: 'NO', maximum_consent_validity: 600 };
  const domestic = { payment_type: 'DOMESTIC', psu_type: 'personal' };
  const read = (...aspsps: unknown[]) => aspspsSchema.parse({ aspsps });

  test.each([0, -1, 1.5, '600', null, undefined, Number.MAX_VALUE])(
    'that consents for %j seconds is left out',
    (maximum_consent_validity) => {
      expect(read({ ...bank, name: 'Odd', maximum_consent_validity }, bank)).toMatchObject([bank]);
    },
  );

  test('is not lost with one odd item of its own', () => {
    const odd = {
      ...bank,
      bic: 7,
      required_psu_headers: [null, 'Psu-Ip-Address'],
      payments: [null, 7, domestic],
    };
    expect(read(odd)).toMatchObject([
      { name: 'DNB', bic: undefined, required_psu_headers: ['Psu-Ip-Address'], payments: [domestic] },
    ]);
    expect(read({ ...bank, required_psu_headers: 'Psu-Ip-Address', payments: {} })).toMatchObject([bank]);
  });

  test('still takes payments when one item of its payment capabilities is odd', () => {
    const lists = {
      currencies: [null, 'NOK'],
      debtor_account_schemas: [7, 'BBAN'],
      creditor_account_schemas: ['BBAN', {}],
      reference_number_schemas: [[], 'NORF'],
      final_successful_statuses: ['ACSC', null],
    };
    const [found] = read({ ...bank, payments: [{ ...domestic, ...lists }] });
    expect(found?.payments).toMatchObject([
      {
        currencies: ['NOK'],
        debtor_account_schemas: ['BBAN'],
        creditor_account_schemas: ['BBAN'],
        reference_number_schemas: ['NORF'],
        final_successful_statuses: ['ACSC'],
      },
    ]);
  });

  test('whose first line of text cannot be read does not get the limit of the second', () => {
    const remittance_information_lines = ['odd', { max_length: 35 }];
    const [found] = read({ ...bank, payments: [{ ...domestic, remittance_information_lines }] });
    expect(found?.payments?.[0]?.remittance_information_lines).toEqual([{}, { max_length: 35 }]);
  });
});

test('a bank that cannot be read does not hide the others', () => {
  const banks = aspspsSchema.parse(fixture('aspsps'));
  expect(banks.map((aspsp) => toBank({ aspsp, readsBalances: true }))).toEqual([
    {
      id: 'DNB',
      name: 'DNB',
      bic: 'DNBANOKK',
      maximumConsentValiditySeconds: 15_552_000,
      readsBalances: true,
      paymentBankId: 'DNB',
      paymentRules: {
        currencies: ['NOK'],
        takesInstant: false,
        daysAheadMax: 0,
        cancellation: 'none',
        settledStatuses: ['ACSC', 'ACCC'],
        takesKid: true,
        kidLength: { min: 2, max: 25 },
        textLengthMax: 108,
        textCharacters: undefined,
        needsDebtorAccount: true,
      },
    },
    {
      id: 'Bank som bare leses',
      name: 'Bank som bare leses',
      bic: undefined,
      maximumConsentValiditySeconds: 7_776_000,
      readsBalances: true,
      paymentBankId: undefined,
    },
  ]);
});

test.each([
  [Number.MAX_SAFE_INTEGER, { textLengthMax: 140, daysAheadMax: 3_650 }],
  [-5, { textLengthMax: 0, daysAheadMax: 0 }],
])('limits of %d are kept within what there can be', (limit, rules) => {
  const [described] = (fixture('aspsps') as { aspsps: [{ payments: object[] }] }).aspsps;
  const payments = described.payments.map((payment) => ({
    ...payment,
    remittance_information_lines: [{ max_length: limit }],
    requested_execution_date_supported: true,
    requested_execution_date_max_period: limit,
  }));
  const listed = { ...described, payments, maximum_consent_validity: Math.abs(limit) };
  const [aspsp] = aspspsSchema.parse({ aspsps: [listed] });
  const bank = aspsp && toBank({ aspsp, readsBalances: true });
  expect(bank?.paymentRules).toMatchObject(rules);
  expect(bank?.maximumConsentValiditySeconds).toBeLessThanOrEqual(15_552_000);
});

test('the day and the type of a payment are part of its order', () => {
  const read = payment({ payment_type: 'INST_SEPA' });
  const details = fixture('payment') as { payment_details: { credit_transfer_transaction: object[] } };
  const [transfer] = details.payment_details.credit_transfer_transaction;
  const dated = [{ ...transfer, requested_execution_date: '2026-12-24' }];
  const { order } = toPaymentReport(
    payment({ payment_details: { ...details.payment_details, credit_transfer_transaction: dated } }),
    ['ACSC'],
  );
  expect(toPaymentReport(read, ['ACSC']).order).toMatchObject({ order: { isInstant: true } });
  expect(order).toMatchObject({ order: { executionDate: '2026-12-24', isInstant: false } });
});
