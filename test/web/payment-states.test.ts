import { describe, expect, test } from 'vitest';
import type { NewPayment, Payment } from '#http/contract/payments.ts';
import { formats } from '#domain/formats.ts';
import { alikePayment } from '#customer/pay/alike-payment.ts';
import { stateOf } from '#customer/payments/payment-state.ts';
import { explanationOf, headlineOf, moneyOf } from '#customer/payments/payment-words.ts';
import { en } from '#customer/texts/en.ts';
import { nb } from '#customer/texts/nb.ts';

const payment: Payment = {
  id: 'p',
  reference: '4D2P-F2DB',
  status: 'awaiting_authorisation',
  moneyMoved: 'not_yet_known',
  isContradicted: false,
  creditorCredited: false,
  reason: null,
  amount: { amount: 25_000, currency: 'NOK' },
  creditor: { name: 'Strøm', accountNumber: '15032080178' },
  kid: null,
  text: null,
  instant: false,
  executionDate: null,
  debtor: { accountId: 'a', bankName: 'DNB', accountNumber: null },
  bankReference: null,
  isCancellable: false,
  isDismissable: false,
  documents: [],
  dismissedAt: null,
  redirectUrl: null,
  next: { kind: 'none' },
  createdAt: '2026-02-23T12:00:00Z',
  settledAt: null,
  timeline: [],
};
const dismissed: Payment = { ...payment, dismissedAt: '2026-02-23T12:10:00Z' };

describe('a payment that was put aside', () => {
  test.each([
    ['nb', nb.payments],
    ['en', en.payments],
  ] as const)('says so in %s, in the list and on its page', (language, words) => {
    expect(stateOf(dismissed, words, formats[language])).toBe(words.dismissed);
    expect(headlineOf(dismissed, words, formats[language])).toBe(words.dismissedHeadline);
    expect(explanationOf(dismissed, words)).toBe(words.explanation.dismissed('DNB'));
  });

  test('says what the bank did with it as soon as it did anything', () => {
    const settled: Payment = { ...dismissed, status: 'settled' };
    expect(stateOf(settled, nb.payments, formats.nb)).toBe('Betalt');
  });

  test('says that the bank contradicts itself rather than that it was put aside', () => {
    expect(stateOf({ ...dismissed, isContradicted: true }, nb.payments, formats.nb)).toBe('Uavklart');
  });
});

describe('a payment for a later day', () => {
  const words = nb.payments;
  const scheduled: Payment = { ...payment, status: 'scheduled', executionDate: '2026-12-10' };
  const said = (change: Partial<Payment>, { payments } = nb, format = formats.nb) => {
    const shown = { ...scheduled, ...change };
    return [
      stateOf(shown, payments, format),
      headlineOf(shown, payments, format),
      moneyOf(shown, payments, format),
    ];
  };

  test('says the day in the list, in the headline and with the money', () => {
    expect(said({})).toEqual([
      'Planlagt 10.12.2026',
      'Banken gjennomfører betalingen 10.12.2026',
      'Pengene skal trekkes fra kontoen din 10.12.2026. Ikke betal på nytt.',
    ]);
    expect(said({}, en, formats.en).every((text) => text.includes('10 Dec 2026'))).toBe(true);
  });

  test.each<[string, Partial<Payment>]>([
    ['that its bank scheduled by itself', { executionDate: null }],
    ['that is being carried out', { status: 'processing' }],
    ['that is settled', { status: 'settled', moneyMoved: 'yes' }],
    ['that its bank contradicts', { isContradicted: true }],
  ])('is said to be due on no day where it is one %s', (_what, change) => {
    expect(said(change).join(' ')).not.toContain('10.12.2026');
  });

  test('says that a day on which banks are closed may be the next bank day', () => {
    const on = (executionDate: string) => explanationOf({ ...scheduled, executionDate }, words);
    expect(on('2026-12-10')).toBe(words.explanation.scheduled);
    expect(on('2026-12-25')).toBe(words.explanation.scheduled_holiday);
  });
});

describe('the payment that a second one repeats', () => {
  const second: NewPayment = { accountId: 'a', amount: payment.amount, creditor: payment.creditor };

  test('is the newest of the same amount to the same account', () => {
    expect(alikePayment([{ ...payment, id: 'newest' }, payment], second)?.id).toBe('newest');
  });

  test.each<[string, Partial<Payment>]>([
    ['did not move money', { moneyMoved: 'no' }],
    ['was put aside', { dismissedAt: dismissed.dismissedAt }],
    ['was of another amount', { amount: { amount: 25_001, currency: 'NOK' } }],
    ['went to another account', { creditor: { name: 'Strøm', accountNumber: '15032080119' } }],
  ])('is none that %s', (_why, change) => {
    expect(alikePayment([{ ...payment, ...change }], second)).toBeUndefined();
  });
});

test('of a payment that waits for money the customer reads why', () => {
  const waiting: Payment = { ...payment, status: 'authorised', reason: 'insufficient_funds' };
  for (const { payments: words } of [nb, en])
    expect(explanationOf(waiting, words)).toBe(words.explanation.awaiting_money('DNB'));
});

describe('a payment that the bank rejected without a reason', () => {
  const rejected: Payment = { ...payment, status: 'rejected', reason: 'rejected_by_bank' };
  const at = '2026-02-23T12:00:00Z';

  test.each([
    ['nb', nb.payments, /ikke godkjent i tide/],
    ['en', en.payments, /approved in time/],
  ])('may not have been approved in time, where no approval is known, in %s', (_, words, said) => {
    expect(explanationOf(rejected, words)).toMatch(said);
  });

  test('was approved in time, where the approval is known', () => {
    const approved: Payment = { ...rejected, timeline: [{ status: 'authorised', at }] };
    expect(explanationOf(approved, nb.payments)).toBe(nb.payments.reason.rejected_by_bank);
  });

  test('is told the reason, where the bank gives one', () => {
    const short: Payment = { ...rejected, reason: 'insufficient_funds' };
    expect(explanationOf(short, nb.payments)).toBe(nb.payments.reason.insufficient_funds);
  });
});
