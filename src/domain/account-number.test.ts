import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  accountNumberFromIban,
  formatAccountNumber,
  ibanFromAccountNumber,
  isAccountNumber,
  maskAccountNumber,
  normaliseAccountNumber,
} from './account-number.ts';

/** Account numbers and their IBANs that were checked against Drop's own arithmetic by other means. */
const known = [
  ['86011117947', 'NO9386011117947'],
  ['95360573002', 'NO0995360573002'],
  ['90412263056', 'NO2390412263056'],
  ['12345678903', 'NO6712345678903'],
] as const;

/** Every account number there is, by drawing ten digits and finding the eleventh. */
const accountNumbers = fc
  .stringMatching(/^\d{10}$/)
  .map((ten) => [...'0123456789'].map((digit) => ten + digit).find(isAccountNumber))
  .filter((number) => number !== undefined);

describe('isAccountNumber', () => {
  test.each(known)('takes %s', (number) => {
    expect(isAccountNumber(number)).toBe(true);
  });

  test.each([
    ['a wrong control digit', '12345678900'],
    ['ten digits', '1234567890'],
    ['twelve digits', '123456789030'],
    ['eleven zeros', '00000000000'],
    ['spaces', '1234 56 78903'],
    ['dots', '1234.56.78903'],
    ['letters', '1234567890A'],
    ['digits of another script', '١٢٣٤٥٦٧٨٩٠٣'],
    ['a line break at the end', '12345678903\n'],
    ['nothing', ''],
  ])('refuses %s', (_case, number) => {
    expect(isAccountNumber(number)).toBe(false);
  });

  test('has at most one control digit for any ten digits', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{10}$/), (ten) => {
        const valid = [...'0123456789'].filter((digit) => isAccountNumber(ten + digit));
        expect(valid.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('notices every wrong digit', () => {
    const change = fc.record({ index: fc.integer({ min: 0, max: 10 }), by: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(accountNumbers, change, (number, { index, by }) => {
        const digit = (Number(number[index]) + by) % 10;
        expect(isAccountNumber(number.slice(0, index) + digit + number.slice(index + 1))).toBe(false);
      }),
    );
  });

  test('notices every two neighbours that changed places', () => {
    fc.assert(
      fc.property(accountNumbers, fc.integer({ min: 0, max: 9 }), (number, index) => {
        const [left = '', right = ''] = number.slice(index, index + 2);
        fc.pre(left !== right);
        expect(isAccountNumber(number.slice(0, index) + right + left + number.slice(index + 2))).toBe(false);
      }),
    );
  });
});

describe('an IBAN', () => {
  test.each(known)('of %s is %s', (number, iban) => {
    expect(ibanFromAccountNumber(number)).toBe(iban);
    expect(accountNumberFromIban(iban)).toBe(number);
  });

  test.each(['NO93 8601 1117 947', 'no9386011117947', ' NO93\t8601 1117947 '])(
    'may be written %j',
    (written) => {
      expect(accountNumberFromIban(written)).toBe('86011117947');
    },
  );

  test.each([
    ['of another country', 'DE89370400440532013000'],
    ['with wrong control digits', 'NO9486011117947'],
    ['of a number whose control digit is wrong', 'NO2012345678900'],
    ['that is too short', 'NO938601111794'],
    ['that is too long', 'NO93860111179470'],
    ['without its country', '9386011117947'],
    ['with dots', 'NO93.8601.1117.947'],
  ])('%s gives no account number', (_case, iban) => {
    expect(accountNumberFromIban(iban)).toBeUndefined();
  });

  test('gives back the account number it was made of', () => {
    fc.assert(
      fc.property(accountNumbers, (number) => {
        expect(accountNumberFromIban(ibanFromAccountNumber(number))).toBe(number);
      }),
    );
  });

  test('leaves 1 when divided by 97, as ISO 13616 asks', () => {
    fc.assert(
      fc.property(accountNumbers, (number) => {
        const control = ibanFromAccountNumber(number).slice(2, 4);
        expect(BigInt(`${number}2324${control}`) % 97n).toBe(1n);
      }),
    );
  });
});

describe('as people write it', () => {
  test.each(['1234.56.78903', '1234 56 78903', ' 12345678903 ', '1234\u00a056\u00a078903'])(
    '%j is brought to eleven digits',
    (written) => {
      expect(normaliseAccountNumber(written)).toBe('12345678903');
    },
  );

  test('it is shown in groups, and can be read back', () => {
    expect(formatAccountNumber('12345678903')).toBe('1234 56 78903');
    fc.assert(
      fc.property(accountNumbers, (number) => {
        expect(normaliseAccountNumber(formatAccountNumber(number))).toBe(number);
      }),
    );
  });

  test('only the last four digits of it are shown where it is masked', () => {
    expect(maskAccountNumber('12345678903')).toBe('•8903');
  });
});
