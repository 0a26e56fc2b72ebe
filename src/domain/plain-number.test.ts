import { expect, test } from 'vitest';
import { readAmount } from '#customer/pay/amount-text.ts';
import { isAccountNumber, normaliseAccountNumber } from './banking/account-number.ts';
import { isPlausibleKid, normaliseKid } from './banking/kid.ts';
import { plainCheckedNumber, plainNumber } from './plain-number.ts';

test.each([
  ['zero-width spaces and joiners', '1\u200b2\u200c3\u200d4\u20605\ufeff', '12345'],
  ['embeddings and isolates from left to right', '\u202a1\u202c\u20662\u2069\u20683\u2069', '123'],
  ['the mark from left to right', '\u200e1\u200e2\u200e', '12'],
  ['soft hyphens and invisible signs', '12\u00ad3\u20634', '1234'],
  ['full-width digits and signs', '１２．３４－５', '12.34-5'],
  ['hyphens, dashes and the minus sign', '1\u20102\u20113\u20124\u20135\u20146\u22127', '1-2-3-4-5-6-7'],
])('%s are read as what they look like', (_case, text, plain) => {
  expect(plainNumber(text)).toBe(plain);
});

test.each(['1 250,50', '1\u00a0250\u202f000', '1250⁵⁰', '١٢٣', '½', 'NO93'])(
  '"%s" is not changed',
  (text) => {
    expect(plainNumber(text)).toBe(text);
  },
);

test.each([
  ...[
    '1\u202e052\u202c',
    '\u202b1 250\u202c',
    '\u2067250 100\u2069',
    '\u200f250 100',
    '1\u061c2',
    '\u202d1\u202c',
  ],
  ...['12\u{e0033}4', '1\u3164250', '1\u034f250', '1\ufe0f250', '1\u180e250', '1250,\u05be', '12\u{10ead}50'],
])('%j keeps what turns it around or is no part of a number', (text) => {
  expect(plainNumber(text)).toMatch(/[^\d ,]/u);
  expect(readAmount(text)).toEqual({ kind: 'form' });
});

test('a number with a control digit is read inside an embedding of either direction', () => {
  expect(plainCheckedNumber('\u202b12345678903\u202c')).toBe('12345678903');
  expect(normaliseAccountNumber('\u202b12345678903\u202c')).toBe('12345678903');
  expect(normaliseKid('\u202b9876541\u202c')).toBe('9876541');
});

/** All characters that are invisible or reorder the text. */
const unseen = Array.from({ length: 0x11_00_00 }, (_none, codePoint) =>
  String.fromCodePoint(codePoint),
).filter((character) => /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/u.test(character));
const harmless = new Set(
  '\u00ad\u200b\u200c\u200d\u200e\u202a\u202c\u2060\u2061\u2062\u2063\u2064\u2066\u2068\u2069\ufeff',
);
const codes = (characters: string[]): string[] =>
  characters.map((character) => `U+${character.codePointAt(0)?.toString(16)}`);

test.each([
  ['amount', (unseenOne: string) => readAmount(`1${unseenOne}250`).kind === 'amount', harmless],
  [
    'account number',
    (unseenOne: string) => isAccountNumber(normaliseAccountNumber(`1234567${unseenOne}8903`)),
    new Set([...harmless, '\u202b']),
  ],
  [
    'KID',
    (unseenOne: string) => isPlausibleKid(normaliseKid(`98765${unseenOne}41`)),
    new Set([...harmless, '\u202b']),
  ],
])('only harmless invisible characters are accepted in the %s', (_kind, isRead, allowed) => {
  expect(unseen.length).toBeGreaterThan(4_000);
  expect(codes(unseen.filter((character) => isRead(character)))).toEqual(
    codes(unseen.filter((character) => allowed.has(character))),
  );
});
