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

const known = ['86011117947', '95360573002', '90412263056', '12345678903'];

const accountNumbers = fc
  .tuple(fc.integer({ min: 1, max: 9_999_999_999 }), fc.integer({ min: 0, max: 9 }))
  .map(([body, control]) => `${body.toString().padStart(10, '0')}${control}`)
  .filter(isAccountNumber);

describe('an account number', () => {
  test.each(known)('%s is valid', (bban) => {
    expect(isAccountNumber(bban)).toBe(true);
  });

  test.each(['', '00000000000', '1234567890', '123456789033', '1234 56 78903', '1234567890x', '12345678904'])(
    '"%s" is invalid',
    (text) => {
      expect(isAccountNumber(text)).toBe(false);
    },
  );

  test('with one wrong digit is always invalid', () => {
    const mistake = fc.record({
      bban: fc.oneof(fc.constantFrom(...known), accountNumbers),
      place: fc.nat(10),
      by: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(mistake, ({ bban, place, by }) => {
        const wrong = (Number(bban[place]) + by) % 10;
        expect(isAccountNumber(`${bban.slice(0, place)}${wrong}${bban.slice(place + 1)}`)).toBe(false);
      }),
    );
  });

  test('with two different adjacent digits swapped is always invalid', () => {
    fc.assert(
      fc.property(accountNumbers, fc.nat(9), (bban, place) => {
        const [left = '', right = ''] = bban.slice(place, place + 2);
        fc.pre(left !== right);
        const swapped = `${bban.slice(0, place)}${right}${left}${bban.slice(place + 2)}`;
        expect(isAccountNumber(swapped)).toBe(false);
      }),
    );
  });

  test('is unchanged after it is formatted and normalised', () => {
    expect(formatAccountNumber('12345678903')).toBe('1234 56 78903');
    expect(normaliseAccountNumber(' 1234.56.78903\u00a0')).toBe('12345678903');
    fc.assert(
      fc.property(accountNumbers, (bban) => {
        expect(normaliseAccountNumber(formatAccountNumber(bban))).toBe(bban);
      }),
    );
  });

  test.each([
    ['with invisible characters', '\u200b12345678903\u200b'],
    ['embedded from left to right', '\u202a1234 56 78903\u202c'],
    ['isolated, with a direction mark', '\u2068\u200e1234.56.78903\u2069'],
    ['with full-width digits', '１２３４　５６　７８９０３'],
    ['with thin and narrow spaces', '1234\u202f56\u200978903'],
    ['with hyphens', '1234-56-78903'],
    ['with dashes', '1234\u201156\u201378903'],
    ['with a line break', '1234 56\n78903'],
    ['as an IBAN', 'NO71 1234 5678 903'],
    ['as an IBAN with invisible characters', '\u202ano71\u00a01234\u200b5678903\u202c'],
  ])('is read from pasted text %s', (_case, pasted) => {
    expect(normaliseAccountNumber(pasted)).toBe('12345678903');
  });

  test.each(['12345678903x', '١٢٣٤٥٦٧٨٩٠٣', '12345678903²', 'NO72 1234 5678 903', '\u000012345678903'])(
    'is not read from %j',
    (written) => {
      expect(isAccountNumber(normaliseAccountNumber(written))).toBe(false);
    },
  );

  test('is read with any harmless invisible characters and separators around its digits', () => {
    const between = fc.stringMatching(
      /^[\u200b-\u200e\u202a-\u202c\u2060-\u2064\u2066\u2068\u2069\ufeff\u00ad .\u00a0-]{0,3}$/,
    );
    fc.assert(
      fc.property(accountNumbers, fc.array(between, { minLength: 12, maxLength: 12 }), (bban, around) => {
        const pasted = around.map((piece, index) => `${piece}${bban[index] ?? ''}`).join('');
        expect(normaliseAccountNumber(pasted)).toBe(bban);
      }),
    );
  });

  test('shows its last four digits when masked', () => {
    expect(maskAccountNumber('12345678903')).toBe('•8903');
  });
});

describe('an IBAN', () => {
  test.each([
    ['86011117947', 'NO9386011117947'],
    ['95360573002', 'NO0995360573002'],
    ['90412263056', 'NO2390412263056'],
    ['12345678903', 'NO7112345678903'],
  ])('of %s is %s', (bban, iban) => {
    expect(ibanFromAccountNumber(bban)).toBe(iban);
    expect(accountNumberFromIban(iban)).toBe(bban);
  });

  test('is read with spaces and lower-case letters', () => {
    expect(accountNumberFromIban('no93 8601 1117 947')).toBe('86011117947');
  });

  test.each(['NO9486011117947', 'NO9386011117948', 'SE9386011117947', 'NO938601111794', '86011117947', ''])(
    '"%s" contains no valid account number',
    (iban) => {
      expect(accountNumberFromIban(iban)).toBeUndefined();
    },
  );

  test('leaves remainder 1 when divided by 97, as ISO 13616 requires', () => {
    fc.assert(
      fc.property(accountNumbers, (bban) => {
        const control = ibanFromAccountNumber(bban).slice(2, 4);
        expect(BigInt(`${bban}2324${control}`) % 97n).toBe(1n);
      }),
    );
  });

  test('converts back to the account number it was made from', () => {
    fc.assert(
      fc.property(accountNumbers, (bban) => {
        expect(accountNumberFromIban(ibanFromAccountNumber(bban))).toBe(bban);
      }),
    );
  });
});
