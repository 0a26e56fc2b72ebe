import { expect, test } from 'vitest';
import type { Execution } from '#domain/payment/execution.ts';
import type { RemittanceInformation } from '#domain/payment/order.ts';
import type { PaymentRequest } from '#services/open-banking/service.ts';
import type { BankProfile } from './bank-profiles.ts';
import { directBanks } from './banks.ts';
import { paymentBody as bodyOn, productOf } from './payment-body.ts';

const [dnb, , sparebank1] = directBanks([], 'https://gateway.example');
if (dnb === undefined || sparebank1 === undefined) throw new RangeError('there are banks');

const paymentBody = (order: PaymentRequest, bank: BankProfile) => bodyOn(order, bank, '2026-11-30');

function request(
  remittance: RemittanceInformation,
  execution: Execution = { kind: 'normal' },
): PaymentRequest {
  return {
    bankId: 'dnb',
    order: {
      money: { amount: 10_033, currency: 'NOK' },
      debtorAccountNumber: '12345678903',
      creditorName: 'Company 123',
      creditorAccountNumber: '95360573002',
      remittance,
      execution,
    },
    paymentId: '0f8fad5b-d9cb-469f-a165-70867728950e',
    state: 'state',
    redirectUri: 'https://drop.example/callback',
    webhookUrl: undefined,
    customer: { id: 'c-1' },
    locale: 'nb',
    secrets: { read: async () => undefined, change: async () => undefined },
  };
}

const kid = request({ kind: 'kid', kid: '1234567897' });
const text = (length: number) => request({ kind: 'text', text: 'a'.repeat(length) });

test('an order has the form of the portals’ example, with a KID as structured remittance', () => {
  expect(paymentBody(kid, dnb)).toEqual({
    endToEndIdentification: '0f8fad5bd9cb469fa16570867728950e',
    debtorAccount: { bban: '12345678903', currency: 'NOK' },
    instructedAmount: { currency: 'NOK', amount: '100.33' },
    creditorName: 'Company 123',
    creditorAccount: { bban: '95360573002' },
    creditorAddress: { country: 'NO' },
    remittanceInformationStructured: { reference: '1234567897' },
  });
});

test('a text is unstructured, and neither is there without one', () => {
  expect(paymentBody(text(2), dnb)).toMatchObject({ remittanceInformationUnstructured: 'aa' });
  const body = paymentBody(request({ kind: 'none' }), dnb);
  expect(Object.keys(body).filter((name) => name.startsWith('remittance'))).toEqual([]);
});

test.each([
  ['dnb', dnb, 108],
  ['sparebank1', sparebank1, 140],
])(
  '%s takes a text up to its own limit, and one that is longer is refused before it is sent',
  (_id, bank, max) => {
    expect(() => paymentBody(text(max), bank)).not.toThrow();
    expect(() => paymentBody(text(max + 1), bank)).toThrow(
      expect.objectContaining({
        code: 'invalid_request',
        details: expect.objectContaining({
          outcome: 'not_sent',
          fields: [{ field: 'text', message: 'text_too_long', lengthMax: max }],
        }),
      }),
    );
  },
);

test('a text with characters that no bank carries is refused with these named', () => {
  const fields = [{ field: 'text', message: 'characters_not_carried', characters: ['č'] }];
  expect(() => paymentBody(request({ kind: 'text', text: 'čuvla' }), dnb)).toThrow(
    expect.objectContaining({ details: expect.objectContaining({ fields }) }),
  );
});

test.each([
  ['never', kid, 'norwegian-domestic-credit-transfers'],
  ['never', text(1), 'norwegian-domestic-credit-transfers'],
  ['without_kid', kid, 'norwegian-domestic-credit-transfers'],
  ['without_kid', text(1), 'instant-norwegian-domestic-credit-transfers-straks'],
] as const)('with instant transfers %s, the product follows the remittance', (choice, { order }, product) => {
  expect(productOf(order, dnb, choice)).toBe(product);
});

test('a bank without instant transfers gets ordinary ones', () => {
  const product = 'norwegian-domestic-credit-transfers';
  expect(productOf(text(1).order, { ...dnb, instant: false }, 'without_kid')).toBe(product);
});

const none = { kind: 'none' } as const;
const on = { kind: 'on', date: '2026-12-24' } as const;
const straks = 'instant-norwegian-domestic-credit-transfers-straks';

test('a day goes along, and its order is an ordinary transfer whatever the choice', () => {
  const order = request(none, on);
  expect(paymentBody(order, dnb)).toMatchObject({ requestedExecutionDate: '2026-12-24' });
  expect(productOf(order.order, dnb, 'without_kid')).toBe('norwegian-domestic-credit-transfers');
});

test('an instant order is an instant transfer whatever the choice', () => {
  expect(productOf(request(none, { kind: 'instant' }).order, dnb, 'never')).toBe(straks);
});

test('an order that is too large to be instant goes as an ordinary transfer', () => {
  const order = { ...text(1).order, money: { amount: 50_000_001, currency: 'NOK' } };
  expect(productOf(order, dnb, 'without_kid')).toBe('norwegian-domestic-credit-transfers');
});

test.each([
  ['instant', { kind: 'instant' }, { instant: false }, 'instant_not_taken'],
  ['executionDate', on, { daysAheadMax: 0 }, 'execution_date_not_taken'],
] as const)('%s that a bank does not take is refused before it is sent', (field, how, profile, message) => {
  const fields = [{ field, message }];
  expect(() => paymentBody(request(none, how), { ...dnb, ...profile })).toThrow(
    expect.objectContaining({ details: expect.objectContaining({ outcome: 'not_sent', fields }) }),
  );
});
