import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { ReportedOrder } from '#domain/payment/order.ts';
import { fixture } from './fixture.ts';
import { toPaymentReport } from './map.ts';
import { paymentSchema, type WirePayment } from './wire.ts';

const payment = (change: Record<string, unknown>): WirePayment =>
  paymentSchema.parse({ ...Object(fixture('payment')), ...change });

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
