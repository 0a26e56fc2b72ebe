import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPayable, maximumPaymentOere, moneyFromDecimal, moneyToDecimal } from './money.ts';

test.each([
  ['250.00', 25_000],
  ['-3.5', -350],
  ['0.01', 1],
  ['1.100', 110],
  ['7', 700],
])('%s kroner are %i øre', (decimal, amount) => {
  expect(moneyFromDecimal(decimal, 'NOK')).toEqual({ amount, currency: 'NOK' });
});

test.each(['', '1,00', '1e3', ' 1', '1.', '.5', '+1', '0.001', '12345678901234', 'NaN'])(
  '"%s" is refused',
  (decimal) => {
    expect(() => moneyFromDecimal(decimal, 'NOK')).toThrow(RangeError);
  },
);

test('an amount with more than two significant decimals is refused', () => {
  const finer = fc.stringMatching(/^\d{2}\d{0,8}[1-9]$/);
  fc.assert(
    fc.property(fc.nat(), finer, (kroner, decimals) => {
      expect(() => moneyFromDecimal(`${kroner}.${decimals}`, 'NOK')).toThrow(RangeError);
    }),
  );
});

test('an amount is always written with two decimals', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (amount) => {
      expect(moneyToDecimal({ amount, currency: 'NOK' })).toMatch(/^-?\d+\.\d{2}$/);
    }),
  );
});

test('-0.00 is read as zero without a sign', () => {
  expect(moneyFromDecimal('-0.00', 'NOK').amount).toBe(0);
});

test('every amount is unchanged after it is written and read', () => {
  const amounts = fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 });
  fc.assert(
    fc.property(amounts, (amount) => {
      const money = { amount, currency: 'NOK' };
      expect(moneyFromDecimal(moneyToDecimal(money), 'NOK')).toEqual(money);
    }),
  );
});

test.each([
  [1, 'NOK', true],
  [maximumPaymentOere, 'NOK', true],
  [maximumPaymentOere + 1, 'NOK', false],
  [0, 'NOK', false],
  [-1, 'NOK', false],
  [0.5, 'NOK', false],
  [Number.NaN, 'NOK', false],
  [100, 'SEK', false],
])('%d of %s: payable is %s', (amount, currency, expected) => {
  expect(isPayable({ amount, currency })).toBe(expected);
});
