import { expect, test } from 'vitest';
import type { PaymentOrder } from '#domain/payment/order.ts';
import type { PaymentRequest } from '#services/open-banking/service.ts';
import { fixture } from './fixture.ts';
import { paymentBody as bodyOn } from './payment-body.ts';
import { aspspsSchema, type Aspsp, type PaymentCapability } from './wire.ts';
import { memorySecrets } from '../../../../test/support/provider-keys.ts';

const [dnb, readOnly] = aspspsSchema.parse(fixture('aspsps')) as [Aspsp, Aspsp];

const paymentBody = (order: PaymentRequest, bank: Aspsp) => bodyOn(order, bank, '2026-11-30');

function withCapability(change: Partial<PaymentCapability>): Aspsp {
  return { ...dnb, payments: (dnb.payments ?? []).map((capability) => ({ ...capability, ...change })) };
}

function request(
  remittance: PaymentOrder['remittance'] = { kind: 'none' },
  execution: PaymentOrder['execution'] = { kind: 'normal' },
): PaymentRequest {
  return {
    bankId: 'DNB',
    order: {
      money: { amount: 10_033, currency: 'NOK' },
      debtorAccountNumber: '12345678903',
      creditorName: 'Nordlys Strøm AS',
      creditorAccountNumber: '95360573002',
      remittance,
      execution,
    },
    paymentId: '0f8fad5b-d9cb-469f-a165-70867728950e',
    state: 'state-1',
    redirectUri: 'https://drop.example/callback',
    webhookUrl: 'https://drop.example/webhook',
    customer: { id: 'customer-1' },
    secrets: memorySecrets(),
    locale: 'nb',
  };
}

test('an order is written as the provider wants it', () => {
  expect(paymentBody(request({ kind: 'text', text: 'Faktura 42' }), dnb)).toEqual({
    payment_type: 'DOMESTIC',
    payment_request: {
      debtor_account: { identification: '12345678903', scheme_name: 'BBAN' },
      credit_transfer_transaction: [
        {
          instructed_amount: { currency: 'NOK', amount: '100.33' },
          beneficiary: {
            creditor: { name: 'Nordlys Strøm AS' },
            creditor_account: { identification: '95360573002', scheme_name: 'BBAN' },
          },
          payment_id: { end_to_end_id: '0f8fad5bd9cb469fa16570867728950e' },
          remittance_information: ['Faktura 42'],
        },
      ],
    },
    aspsp: { name: 'DNB', country: 'NO' },
    state: 'state-1',
    redirect_url: 'https://drop.example/callback',
    psu_type: 'personal',
    language: 'nb',
    psu_id: 'customer-1',
    webhook_url: 'https://drop.example/webhook',
  });
});

test('a KID goes as reference number and leaves no room for a text', () => {
  const body = paymentBody(request({ kind: 'kid', kid: '1234567897' }), dnb);
  const [transaction] = body.payment_request.credit_transfer_transaction;
  expect(transaction.reference_number).toBe('1234567897');
  expect(transaction).not.toHaveProperty('remittance_information');
});

test('a bank that takes only IBAN gets the IBAN', () => {
  const bank = withCapability({ debtor_account_schemas: ['IBAN'], creditor_account_schemas: ['IBAN'] });
  expect(paymentBody(request(), bank).payment_request.debtor_account).toEqual({
    identification: 'NO7112345678903',
    scheme_name: 'IBAN',
  });
});

test('a KID is refused where the bank takes none, before anything is sent', () => {
  const bank = withCapability({ reference_number_supported: false });
  expect(() => paymentBody(request({ kind: 'kid', kid: '1234567897' }), bank)).toThrow(
    expect.objectContaining({
      code: 'payment_refused_by_bank',
      details: expect.objectContaining({ outcome: 'not_sent' }),
    }),
  );
});

test('a text that is too long for the bank is refused, not shortened', () => {
  expect(() => paymentBody(request({ kind: 'text', text: 'x'.repeat(109) }), dnb)).toThrow(
    expect.objectContaining({
      code: 'invalid_request',
      details: expect.objectContaining({
        outcome: 'not_sent',
        fields: [{ field: 'text', message: 'text_too_long', lengthMax: 108 }],
      }),
    }),
  );
});

test.each(['^[a-zA-Z0-9æøåÆØÅ .,-]{1,140}$', '[\\w æøå.,-]+', '^[^#%]*$', '[\\p{L}\\d .,]+'])(
  'a text with characters that the bank’s own pattern %s leaves out is refused, and they are named',
  (pattern) => {
    const bank = withCapability({ remittance_information_lines: [{ max_length: 140, pattern }] });
    const body = paymentBody(request({ kind: 'text', text: 'Strøm mars, nr. 1' }), bank);
    const [transaction] = body.payment_request.credit_transfer_transaction;
    expect(transaction.remittance_information).toEqual(['Strøm mars, nr. 1']);
    expect(() => paymentBody(request({ kind: 'text', text: 'Strøm #1 er 100 %' }), bank)).toThrow(
      expect.objectContaining({
        code: 'invalid_request',
        details: expect.objectContaining({
          outcome: 'not_sent',
          fields: [{ field: 'text', message: 'characters_not_carried', characters: ['#', '%'] }],
        }),
      }),
    );
  },
);

test.each(['^(a+)+$', '^[a-z', '', '^.{1,140}$', '[z-a]+', null])(
  'the pattern %j, which names no characters, is left to the bank',
  (pattern) => {
    const bank = withCapability({ remittance_information_lines: [{ max_length: 140, pattern }] });
    const text = `${'a'.repeat(60)}!`;
    const body = paymentBody(request({ kind: 'text', text }), bank);
    expect(body.payment_request.credit_transfer_transaction[0].remittance_information).toEqual([text]);
  },
);

test('a bank that takes no payments is sent none', () => {
  expect(() => paymentBody(request(), readOnly)).toThrow(
    expect.objectContaining({ code: 'payment_refused_by_bank' }),
  );
});

const on = { kind: 'on', date: '2026-12-24' } as const;

test('a day goes along where the bank takes one', () => {
  const bank = withCapability({ requested_execution_date_supported: true });
  const { payment_type, payment_request } = paymentBody(request({ kind: 'none' }, on), bank);
  expect(payment_type).toBe('DOMESTIC');
  expect(payment_request.credit_transfer_transaction[0].requested_execution_date).toBe('2026-12-24');
});

test.each([Number.MAX_SAFE_INTEGER, 1e12, 3_650])(
  'a period of %d days makes no date that is none',
  (period) => {
    const listed = { requested_execution_date_supported: true, requested_execution_date_max_period: period };
    const { payment_request } = paymentBody(request({ kind: 'none' }, on), withCapability(listed));
    expect(payment_request.credit_transfer_transaction[0].requested_execution_date).toBe('2026-12-24');
  },
);

test.each([
  ['where it lists none', {}, 'execution_date_not_taken'],
  [
    'where its period is negative',
    { requested_execution_date_supported: true, requested_execution_date_max_period: -1 },
    'execution_date_not_taken',
  ],
  [
    'beyond its period',
    { requested_execution_date_supported: true, requested_execution_date_max_period: 10 },
    'execution_date_too_far',
  ],
])('a day is refused %s, before it is sent', (_where, change, message) => {
  const fields = [{ field: 'executionDate', message }];
  expect(() => paymentBody(request({ kind: 'none' }, on), withCapability(change))).toThrow(
    expect.objectContaining({ details: expect.objectContaining({ outcome: 'not_sent', fields }) }),
  );
});

test.each([
  ['in kroner', ['NOK', 'EUR'], true],
  ['in another currency', ['EUR'], false],
  ['in no currency that is named', null, false],
])('an instant payment is one that the bank lists as instant %s', (_what, currencies, isTaken) => {
  const [domestic] = dnb.payments?.filter(({ payment_type }) => payment_type === 'DOMESTIC') ?? [];
  const instant = { ...domestic, payment_type: 'INST_SEPA', psu_type: 'personal', currencies };
  const bank = { ...dnb, payments: [...(dnb.payments ?? []), instant] };
  const sent = () => paymentBody(request({ kind: 'none' }, { kind: 'instant' }), bank);
  if (isTaken) expect(sent().payment_type).toBe('INST_SEPA');
  else expect(sent).toThrow(expect.objectContaining({ code: 'invalid_request' }));
});
