import { describe, expect, test } from 'vitest';
import type { PaymentOrder } from '#domain/payment/order.ts';
import type { PaymentRequest } from '#services/open-banking/service.ts';
import { isOwnReference, productOf, toPaymentBody } from './payment-body.ts';

const request = (
  remittance: PaymentOrder['remittance'],
  execution: PaymentOrder['execution'] = { kind: 'normal' },
): PaymentRequest => ({
  bankId: 'bank',
  order: {
    money: { amount: 12_550, currency: 'NOK' },
    debtorAccountNumber: '12345678903',
    creditorName: 'Nordlys Strøm AS',
    creditorAccountNumber: '95360573002',
    remittance,
    execution,
  },
  paymentId: '0f8fad5b-d9cb-469f-a165-70867728950e',
  state: 'state',
  redirectUri: 'https://drop.example/callback',
  webhookUrl: undefined,
  customer: { id: 'c-1', name: 'Kari Prøve' },
  secrets: { read: async () => undefined, change: async () => undefined },
  locale: 'nb',
});
const today = '2026-11-30';
const body = (remittance: PaymentOrder['remittance'], bic?: string) =>
  toPaymentBody(request(remittance), { bic, supportedServices: [] }, today);

test('writes all that was approved, and nothing else', () => {
  expect(body({ kind: 'text', text: 'Faktura 42' })).toEqual({
    debtorAccount: { bban: '12345678903' },
    debtorName: 'Kari Prøve',
    creditorAccount: { bban: '95360573002' },
    creditorName: 'Nordlys Strøm AS',
    instrumentedAmount: '125.50',
    currency: 'NOK',
    endToEndIdentification: '0f8fad5bd9cb469fa16570867728950e',
    remittanceInformationUnstructured: 'Faktura 42',
  });
});

test('writes a KID as one, and no text beside it', () => {
  const written = body({ kind: 'kid', kid: '1234567897' });
  expect(written.remittanceInformationStructured).toEqual({ reference: '1234567897', referenceType: 'KID' });
  expect(written).not.toHaveProperty('remittanceInformationUnstructured');
});

test('writes a reference where there is no text, since one is mandatory', () => {
  const { remittanceInformationUnstructured: text = '' } = body({ kind: 'none' });
  expect(text).toBe('0f8fad5bd9cb469fa1657086772895');
  expect(isOwnReference(text)).toBe(true);
  expect(isOwnReference('Faktura 42')).toBe(false);
});

describe('a text', () => {
  test.each([
    ['of 140 characters', undefined, 140],
    ['of 66 at Danske', 'DABANO22', 66],
    ['of 30 at Bank Norwegian', 'NORWNOK1', 30],
  ])('%s is taken, and one more is refused with the limit', (_what, bic, lengthMax) => {
    const text = (length: number) => ({ kind: 'text', text: 'x'.repeat(length) }) as const;
    expect(body(text(lengthMax), bic).remittanceInformationUnstructured).toHaveLength(lengthMax);
    expect(() => body(text(lengthMax + 1), bic)).toThrow(
      expect.objectContaining({
        code: 'invalid_request',
        details: expect.objectContaining({
          outcome: 'not_sent',
          fields: [{ field: 'text', message: 'text_too_long', lengthMax }],
        }),
      }),
    );
  });
});

test.each(['123', '1'.repeat(26)])('a KID of another length (%s) is refused', (kid) => {
  expect(() => body({ kind: 'kid', kid })).toThrow(
    expect.objectContaining({
      code: 'invalid_request',
      details: expect.objectContaining({ outcome: 'not_sent' }),
    }),
  );
});

describe('an order for a later day or an instant one', () => {
  const text = { kind: 'text', text: 'Faktura 42' } as const;
  const on = { kind: 'on', date: '2026-12-24' } as const;
  const instant = { kind: 'instant' } as const;
  const at = (execution: PaymentOrder['execution'], supportedServices: string[]) =>
    toPaymentBody(request(text, execution), { bic: undefined, supportedServices }, today);

  test('goes to an address of its own, and the day goes along', () => {
    expect([productOf(on), productOf(instant)]).toEqual([
      'domestic-scheduled-transfer',
      'instant-domestic-transfer',
    ]);
    expect(at(on, ['domestic-scheduled-transfer']).requestedExecutionDate).toBe('2026-12-24');
    expect(at(instant, ['instant-domestic-transfer'])).not.toHaveProperty('requestedExecutionDate');
  });

  test.each([
    [on, 'executionDate', 'execution_date_not_taken'],
    [instant, 'instant', 'instant_not_taken'],
  ] as const)('is refused where the list of banks does not name its kind', (execution, field, message) => {
    expect(() => at(execution, ['domestic-transfer'])).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({ outcome: 'not_sent', fields: [{ field, message }] }),
      }),
    );
  });
});
