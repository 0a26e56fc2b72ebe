import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPayable, maximumPaymentOere, moneyFromDecimal, moneyToDecimal } from './money.ts';

/** As many digits before the point as are read. */
const minorUnits = fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 });

describe('moneyFromDecimal', () => {
  test.each([
    ['0', 0],
    ['0.00', 0],
    ['-0.00', 0],
    ['1', 100],
    ['250.00', 25_000],
    ['3.5', 350],
    ['-3.5', -350],
    ['0.01', 1],
    ['0.290', 29],
    ['1.10', 110],
    ['9999999999999.99', 999_999_999_999_999],
  ])('reads %s as %i øre', (decimal, amount) => {
    expect(moneyFromDecimal(decimal, 'NOK')).toEqual({ amount, currency: 'NOK' });
  });

  test.each([
    '',
    ' 1',
    '+1',
    '1.',
    '.5',
    '1,50',
    '1 000',
    '1e3',
    'NaN',
    'Infinity',
    '0x10',
    '--1',
    '1.2.3',
    '0.001',
    '0.0001',
    '1.999',
    '10000000000000',
    '١',
  ])('refuses %j', (decimal) => {
    expect(() => moneyFromDecimal(decimal, 'NOK')).toThrow(RangeError);
  });

  test('refuses whatever says more than two decimals', () => {
    const whole = fc.integer({ min: 0, max: 9_999_999_999_999 });
    const finer = fc.stringMatching(/^\d{2}\d{0,8}[1-9]$/);
    fc.assert(
      fc.property(whole, finer, (kroner, decimals) => {
        expect(() => moneyFromDecimal(`${kroner}.${decimals}`, 'NOK')).toThrow(RangeError);
      }),
    );
  });

  test('gives back what moneyToDecimal wrote', () => {
    fc.assert(
      fc.property(minorUnits, (amount) => {
        const money = { amount, currency: 'NOK' };
        expect(moneyFromDecimal(moneyToDecimal(money), 'NOK')).toEqual(money);
      }),
    );
  });
});

describe('moneyToDecimal', () => {
  test.each([
    [0, '0.00'],
    [5, '0.05'],
    [-5, '-0.05'],
    [50, '0.50'],
    [100, '1.00'],
    [25_000, '250.00'],
    [-123_456, '-1234.56'],
  ])('writes %i øre as %s', (amount, decimal) => {
    expect(moneyToDecimal({ amount, currency: 'NOK' })).toBe(decimal);
  });

  test('writes two decimals, always', () => {
    fc.assert(
      fc.property(minorUnits, (amount) => {
        expect(moneyToDecimal({ amount, currency: 'NOK' })).toMatch(/^-?\d+\.\d{2}$/);
      }),
    );
  });
});

describe('isPayable', () => {
  test.each([1, 25_000, maximumPaymentOere])('takes %i øre', (amount) => {
    expect(isPayable({ amount, currency: 'NOK' })).toBe(true);
  });

  test.each([0, -1, maximumPaymentOere + 1, 0.5, 100.01, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
    'refuses %d',
    (amount) => {
      expect(isPayable({ amount, currency: 'NOK' })).toBe(false);
    },
  );

  test.each(['SEK', 'EUR', 'nok', ''])('refuses the currency %j', (currency) => {
    expect(isPayable({ amount: 100, currency })).toBe(false);
  });
});
