import { describe, expect, test } from 'vitest';
import { fixture } from './fixture.ts';
import { toPaymentReport, toStartedPayment } from './map.ts';
import { createPaymentSchema, paymentSchema, type WirePayment } from './wire.ts';

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
