import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maximumPaymentOere } from '#domain/money.ts';
import { formats } from '#domain/formats.ts';
import { readAmount, writeAmount } from '#customer/pay/amount-text.ts';

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
  ['NOK 1,250.50', 125_050],
  ['NOK\u00a01,250.50', 125_050],
  ['nok 1250', 125_000],
  ['1250 NOK', 125_000],
  ['1\u202f250,50\u00a0kr', 125_050],
  ['kr 1 250,50', 125_050],
  ['kr. 1250', 125_000],
  ['Kr.1250', 125_000],
  ['1250kr.', 125_000],
  ['1250 kroner', 125_000],
  ['1250,-', 125_000],
  ['1250.-', 125_000],
  ['1250,--', 125_000],
  ['1 250,-', 125_000],
  ['kr 1250,-', 125_000],
  ['1250,- kr', 125_000],
  ['1250,\u2013', 125_000],
  ['1.250,-', 125_000],
  ['1,250.-', 125_000],
  ['1.000.000', maximumPaymentOere],
  ['1,000,000', maximumPaymentOere],
  ['1 250.50', 125_050],
  ['\u202a1 250,50\u202c', 125_050],
  ['１ ２５０，５０', 125_050],
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
  ['\u22125', 'form'],
  ['\u22125,00 kr', 'form'],
  ['1.250 kr', 'form'],
  ['kr 1,250', 'form'],
  ['0.250,-', 'form'],
  ['12 50', 'form'],
  ['1 2500', 'form'],
  ['1 250 00', 'form'],
  ['1.250,500', 'form'],
  ['1.250.50', 'form'],
  ['1.250,000', 'form'],
  ['1,250.000', 'form'],
  ['12,50,-', 'form'],
  ['1250,50,-', 'form'],
  ['1250-', 'form'],
  ['1kr2', 'form'],
  ['kr 5 kr', 'form'],
  ['kr kr', 'form'],
  ['EUR 5', 'form'],
  ['5 SEK', 'form'],
  ['1250⁵⁰', 'form'],
  ['١٢٥٠', 'form'],
  ['1e3', 'form'],
  ['ti', 'form'],
  ['0,00', 'zero'],
  ['1000000,01', 'high'],
])('"%s" is refused as %s', (text, kind) => {
  expect(readAmount(text)).toEqual({ kind });
});

const amounts = fc.integer({ min: 1, max: maximumPaymentOere });
const languages = fc.constantFrom('nb' as const, 'en' as const);

test('every payable amount that the field writes is read back unchanged, in both languages', () => {
  fc.assert(
    fc.property(amounts, languages, (oere, locale) => {
      expect(readAmount(writeAmount(oere, locale))).toEqual({ kind: 'amount', oere });
    }),
  );
});

test('every amount in kroner that a screen shows is accepted by the field, in both languages', () => {
  fc.assert(
    fc.property(amounts, languages, (oere, locale) => {
      const shown = formats[locale].money({ amount: oere, currency: 'NOK' });
      expect(readAmount(shown)).toEqual({ kind: 'amount', oere });
    }),
  );
});

test('an amount in another currency is not read as kroner', () => {
  fc.assert(
    fc.property(amounts, languages, fc.constantFrom('EUR', 'SEK', 'DKK'), (amount, locale, currency) => {
      expect(readAmount(formats[locale].money({ amount, currency }))).toEqual({ kind: 'form' });
    }),
  );
});

test('a negative amount is refused', () => {
  fc.assert(
    fc.property(amounts, languages, (oere, locale) => {
      const shown = formats[locale].money({ amount: -oere, currency: 'NOK' });
      expect(readAmount(shown)).toEqual({ kind: 'form' });
    }),
  );
});

test('a separator that may mean thousands or decimals is refused, with or without a currency', () => {
  const whole = fc.integer({ min: 1, max: 999 });
  const three = fc.stringMatching(/^\d{3}$/);
  fc.assert(
    fc.property(whole, fc.constantFrom('.', ','), three, fc.constantFrom('', ' kr', ' NOK'), (...parts) => {
      expect(readAmount(parts.join(''))).toEqual({ kind: 'form' });
    }),
  );
});
