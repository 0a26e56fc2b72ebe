import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shownText } from './shown-text.ts';

/** Of any characters, more often of those that are handled apart. */
const special = fc.constantFrom(
  ...'aåø\u030a\u0301 \u00a0\u00ad\u2019\u2013\u2026\u200b\u200d\u202e\ufeff\ufe0f\0\n😀',
);
const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff })
  .map((codePoint) => String.fromCodePoint(codePoint));
const texts = fc.array(fc.oneof(special, anyCharacter)).map((characters) => characters.join(''));

test.each([
  ['letters stand in the order they were written', '\u202eotnokskurB\u202c', 'otnokskurB'],
  ['isolates and marks of direction are gone', '\u2067Konto\u2069 \u200e1\u200f\u061c', 'Konto 1'],
  ['nothing that takes no room stays', 'Bruks\u200bkon\u00adto\ufeff\u2060', 'Brukskonto'],
  ['it is on one line', 'Bruks\u0000\u0007konto\r\n\u2028 nr.\t1 ', 'Bruks konto nr. 1'],
  ['letters are composed', 'Pa\u200b\u030al', 'Pål'],
  ['emoji stay whole', 'Felles 👨‍👩‍👧 ❤️', 'Felles 👨‍👩‍👧 ❤️'],
  ['every script is as good as another', 'حساب שלום Счёт', 'حساب שלום Счёт'],
  ['half a character is none', 'Kari\ud800', 'Kari\ufffd'],
])('of a text that is shown, %s', (_case, text, shown) => {
  expect(shownText(text)).toBe(shown);
});

test('what is shown can be kept by the database, and is shown alike from then on', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const shown = shownText(text);
      expect(shown).not.toMatch(/[\p{Control}\p{Bidi_Control}\p{Surrogate}]/u);
      expect(shownText(shown)).toBe(shown);
    }),
  );
});
