import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maximumPaymentOere } from '../../src/domain/money.ts';
import { readAmount, writeAmount } from '../../web/src/pay/amount-text.ts';

test.each([
  ['250', 25_000],
  ['250,5', 25_050],
  ['250.50', 25_050],
  ['1 250,50', 125_050],
  ['1\u00a0250,50 kr', 125_050],
  ['1.250,50', 125_050],
  ['1,250.50', 125_050],
  ['0,01', 1],
  ['1000000', maximumPaymentOere],
])('"%s" is %i øre', (text, oere) => {
  expect(readAmount(text)).toEqual({ kind: 'amount', oere });
});

test.each([
  ['', 'missing'],
  ['   ', 'missing'],
  ['kr', 'missing'],
  ['1.250', 'form'],
  ['1,250', 'form'],
  ['1,2,3', 'form'],
  ['-5', 'form'],
  ['1e3', 'form'],
  ['ti', 'form'],
  ['0,00', 'zero'],
  ['1000000,01', 'high'],
])('"%s" is refused as %s', (text, kind) => {
  expect(readAmount(text)).toEqual({ kind });
});

test('every amount that Drop pays is read as it is written, in both languages', () => {
  const amounts = fc.integer({ min: 1, max: maximumPaymentOere });
  fc.assert(
    fc.property(amounts, fc.constantFrom('nb' as const, 'en' as const), (oere, locale) => {
      expect(readAmount(writeAmount(oere, locale))).toEqual({ kind: 'amount', oere });
    }),
  );
});
