import { describe, expect, test } from 'vitest';
import { formats } from '#domain/formats.ts';
import { usualPaymentRules } from '#domain/banking/payment-rules.ts';
import { arrivalText } from '#customer/pay/arrival-text.ts';
import { executionChoices, executionFaults, executionOf } from '#customer/pay/execution-values.ts';
import { emptyForm, type PaymentFormValues } from '#customer/pay/payment-form-values.ts';
import { enOrder } from '#customer/texts/en-order.ts';
import { nbOrder } from '#customer/texts/nb-order.ts';

const today = '2026-11-30';
const { kidLength, textLengthMax, takesKid } = usualPaymentRules;
const rules = { takesKid, kidLength, textLengthMax, takesInstant: true, daysAheadMax: 60 };
const account = { bankName: 'Fjordbanken', paymentRules: rules };
const plain = { bankName: 'Fjordbanken', paymentRules: { ...rules, takesInstant: false, daysAheadMax: 0 } };
const values = (change: Partial<PaymentFormValues>): PaymentFormValues => ({ ...emptyForm, ...change });
const on = (date: string) => values({ when: 'on', date });

describe('the form offers', () => {
  test('the days and the instant payment that the bank takes', () => {
    expect(executionChoices(emptyForm, { account, today })).toEqual({
      offersInstant: true,
      offersDay: true,
      firstDay: '2026-12-01',
      lastDay: '2027-01-29',
    });
  });

  test.each([
    ['the bank takes none', plain],
    ['nothing is known of the bank', { ...plain, paymentRules: null }],
    ['no account is chosen', undefined],
  ])('neither where %s', (_why, where) => {
    const offered = { offersInstant: false, offersDay: false };
    expect(executionChoices(emptyForm, { account: where, today })).toMatchObject(offered);
  });

  test('no instant payment with a KID', () => {
    const { offersInstant } = executionChoices({ referenceKind: 'kid' }, { account, today });
    expect(offersInstant).toBe(false);
  });
});

describe('an order says', () => {
  test.each([
    ['nothing, as soon as possible', {}, {}],
    ['that it is instant', { instant: true }, { instant: true }],
    ['its day', { when: 'on', date: '2026-12-24' }, { executionDate: '2026-12-24' }],
    ['its day only, where instant was chosen before', { when: 'on', date: '2026-12-24', instant: true }],
    ['nothing of instant, with a KID', { instant: true, referenceKind: 'kid' }, {}],
    ['nothing of a day that was chosen and left', { date: '2026-12-24' }, {}],
  ] as const)('%s', (_what, change, expected = { executionDate: '2026-12-24' }) => {
    expect(executionOf(values(change), { account, today })).toEqual(expected);
  });

  test('nothing of instant where the bank of another account takes none', () => {
    expect(executionOf(values({ instant: true }), { account: plain, today })).toEqual({});
  });
});

describe('a fault of when to pay', () => {
  const faults = (given: PaymentFormValues, where: typeof account | typeof plain = account) =>
    executionFaults(given, { texts: nbOrder.errors, format: formats.nb, account: where, today });

  test.each([
    ['no day', '', nbOrder.errors.dateMissing],
    ['today', today, nbOrder.errors.dateNotFuture],
    ['a day that is over', '2020-01-02', nbOrder.errors.dateNotFuture],
    ['the day after the last one', '2027-01-30', nbOrder.errors.dateTooFar('29.01.2027')],
  ])('is %s', (_what, date, fault) => {
    expect(faults(on(date))).toEqual({ date: fault });
  });

  test('is none of the first and the last day', () => {
    expect([faults(on('2026-12-01')), faults(on('2027-01-29'))]).toEqual([{}, {}]);
  });

  test('is a day where the account that was chosen since takes none: it is not paid at once instead', () => {
    expect(faults(on('2026-12-24'), plain)).toEqual({ date: nbOrder.errors.dateNotTaken('Fjordbanken') });
  });

  test('is an amount above that of instant payments, only where it would be instant', () => {
    const large = { amount: '500 000,01', instant: true };
    const fault = { instant: nbOrder.errors.instantTooLarge('500\u00a0000,00\u00a0kr') };
    expect(faults(values(large))).toEqual(fault);
    expect(faults(values({ ...large, amount: '500 000' }))).toEqual({});
    expect(faults(values({ ...large, instant: false }))).toEqual({});
    expect(faults(values({ ...large, when: 'on', date: '2026-12-24' }))).toEqual({});
  });
});

describe('the form says when the money normally arrives:', () => {
  const nb = (at: string, execution: Parameters<typeof arrivalText>[0] = { kind: 'normal' }) =>
    arrivalText(execution, { now: new Date(at), texts: nbOrder.arrival, format: formats.nb });

  test.each([
    ['before the last cut-off', '2026-11-30T09:00:00+01:00', 'Godkjenner du før kl. 13.30'],
    ['after it', '2026-11-30T13:30:00+01:00', 'normalt framme tirsdag 1. desember'],
    ['on Christmas Eve', '2026-12-24T09:00:00+01:00', 'stenger tidlig i dag'],
    ['on Sunday', '2026-11-29T09:00:00+01:00', 'Bankene har stengt i dag'],
  ])('%s', (_when, at, text) => {
    expect(nb(at)).toContain(text);
  });

  test('for a day, and for a day on which banks are closed', () => {
    const now = '2026-11-30T09:00:00+01:00';
    const day = 'Pengene er normalt framme torsdag 10. desember.';
    expect(nb(now, { kind: 'on', date: '2026-12-10' })).toBe(day);
    const closed = 'Bankene har stengt torsdag 17. mai 2029. Pengene er normalt framme fredag 18. mai 2029.';
    expect(nb(now, { kind: 'on', date: '2029-05-17' })).toBe(closed);
  });

  test('in English too', () => {
    const at = { now: new Date('2026-11-30T09:00:00Z'), texts: enOrder.arrival, format: formats.en };
    const text = 'The money normally arrives on Thursday 10 December.';
    expect(arrivalText({ kind: 'on', date: '2026-12-10' }, at)).toBe(text);
    expect(arrivalText({ kind: 'normal' }, at)).toContain('before 13:30');
  });
});
