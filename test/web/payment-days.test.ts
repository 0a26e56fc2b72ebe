import { describe, expect, test } from 'vitest';
import { formats } from '#domain/formats.ts';
import type { Payment } from '#http/contract/payments.ts';
import { byDay, dayHeading, momentInWords, momentOf, weekdayOf } from '#customer/payments/payment-day.ts';
import { statementFaults } from '#customer/payments/statement-faults.ts';
import { paymentTextHash, paymentTextIn } from '#customer/search.ts';
import { en } from '#customer/texts/en.ts';
import { nb } from '#customer/texts/nb.ts';
import { statementTexts } from '#usecases/documents/statement/texts.ts';

const now = new Date('2026-11-30T11:38:00Z');
const readings = {
  nb: { words: nb.payments, format: formats.nb, now },
  en: { words: en.payments, format: formats.en, now },
};

describe('the day of a payment', () => {
  test.each([
    ['2026-11-30', 'I dag', 'Today'],
    ['2026-11-29', 'I går', 'Yesterday'],
    ['2026-11-28', 'Lørdag 28. november', 'Saturday 28 November'],
    ['2025-12-31', 'Onsdag 31. desember 2025', 'Wednesday 31 December 2025'],
  ])('%s is the heading %s', (day, norwegian, english) => {
    expect(dayHeading(day, readings.nb)).toBe(norwegian);
    expect(dayHeading(day, readings.en)).toBe(english);
  });

  test('is said with the time where no heading says it', () => {
    expect(momentOf('2026-11-30T11:38:00Z', readings.nb)).toBe('I dag 12.38');
    expect(momentOf('2026-11-29T11:38:00Z', readings.en)).toBe('Yesterday 12:38');
    expect(momentOf('2026-11-01T11:38:00Z', readings.nb)).toBe('01.11.2026 kl.\u00a012.38');
  });

  test('is said with its time within a sentence', () => {
    expect(momentInWords('2026-11-30T11:38:00Z', readings.nb)).toBe('i dag kl. 12.38');
    expect(momentInWords('2026-11-29T11:38:00Z', readings.en)).toBe('yesterday at 12:38');
    expect(momentInWords('2026-11-01T11:38:00Z', readings.nb)).toBe('01.11.2026 kl.\u00a012.38');
    expect(momentInWords('2026-11-01T11:38:00Z', readings.en)).toBe('on 1 Nov 2026, 12:38');
  });

  test('has its year only if that is another one', () => {
    expect(weekdayOf('2026-12-01', readings.nb)).toBe('tirsdag 1. desember');
    expect(weekdayOf('2027-01-04', readings.nb)).toBe('mandag 4. januar 2027');
  });

  test('begins at midnight in Norway, and groups the list in its order', () => {
    const times = ['2026-11-30T11:38:00Z', '2026-11-29T23:00:00Z', '2026-11-29T22:59:59Z'];
    const payments = times.map((createdAt) => ({ createdAt }) as Payment);
    expect(byDay(payments)).toEqual([
      { day: '2026-11-30', payments: payments.slice(0, 2) },
      { day: '2026-11-29', payments: payments.slice(2) },
    ]);
  });
});

describe('the text that payments are searched for', () => {
  test.each(['Øst Strøm', '100%', '%41', '50 % & co = #1?', 'a/b\\c'])(
    '%j comes back from the address',
    (text) => {
      const { hash } = new URL(`#${paymentTextHash(text)}`, 'https://getdrop.no/payments');
      expect(paymentTextIn(hash.slice(1))).toBe(text);
    },
  );

  test.each(['', 'search=', 'search=%20', 'search=%', 'other=1'])('is nothing in %j', (hash) => {
    expect(paymentTextIn(hash)).toBeUndefined();
  });

  test('is no longer than the server takes', () => {
    expect(paymentTextIn(paymentTextHash('ø'.repeat(1_000)))).toHaveLength(140);
  });
});

describe('a statement', () => {
  test.each([
    ['nb', nb],
    ['en', en],
  ] as const)('has the words of the list for each status, in %s', (locale, { payments }) => {
    const { status, dismissed } = statementTexts[locale];
    expect({ status, dismissed }).toEqual({ status: payments.status, dismissed: payments.dismissed });
  });
});

describe('a period for a statement', () => {
  const today = '2026-11-30';

  test.each([
    [{ from: '2026-01-01', to: today }, {}],
    [
      { from: '', to: '' },
      { from: 'missing', to: 'missing' },
    ],
    [{ from: '1999-01-01', to: today }, { from: 'missing' }],
    [{ from: today, to: '2026-11-29' }, { to: 'reversed' }],
    [{ from: '2025-01-01', to: today }, { to: 'too_long' }],
  ])('%j has the faults %j', (period, faults) => {
    expect(statementFaults(period, true)).toEqual(faults);
  });

  test('cannot be downloaded without a network', () => {
    expect(statementFaults({ from: today, to: today }, false)).toEqual({ offline: true });
  });
});
