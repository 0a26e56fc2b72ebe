import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shownText } from './shown-text.ts';

/** Any characters, with a higher share of those that have special handling. */
const special = fc.constantFrom(
  ...'aåø\u030a\u0301 \u00a0\u00ad\u2019\u2013\u2026\u200b\u200d\u202e\ufeff\ufe0f\0\n😀',
  ...'👨👩\u0640\u0628\u0915\u094d\u200c\u3164\u034f\u20e31',
);
const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff })
  .map((codePoint) => String.fromCodePoint(codePoint));
const texts = fc.array(fc.oneof(special, anyCharacter)).map((characters) => characters.join(''));

test.each([
  ['letters are in the written order', '\u202eotnokskurB\u202c', 'otnokskurB'],
  ['isolates and direction marks are removed', '\u2067Konto\u2069 \u200e1\u200f\u061c', 'Konto 1'],
  ['zero-width characters are removed', 'Bruks\u200bkon\u00adto\ufeff\u2060', 'Brukskonto'],
  ['it is on one line', 'Bruks\u0000\u0007konto\r\n\u2028 nr.\t1 ', 'Bruks konto nr. 1'],
  ['letters are composed', 'Pa\u200b\u030al', 'Pål'],
  ['emoji are kept whole', 'Felles 👨‍👩‍👧 ❤️ 🏳️‍🌈 1️⃣ 👍🏽', 'Felles 👨‍👩‍👧 ❤️ 🏳️‍🌈 1️⃣ 👍🏽'],
  [
    'flags made of tags are kept whole',
    '\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
    '🏴󠁧󠁢󠁳󠁣󠁴󠁿',
  ],
  ['joiners that are part of the spelling are kept', 'می\u200cخواهم क्\u200dष', 'می\u200cخواهم क्\u200dष'],
  ['other joiners are removed', 'Ka\u200dri\u200c می\u200c\u200cخ', 'Kari میخ'],
  ['every script is kept', 'حساب שלום Счёт', 'حساب שלום Счёт'],
  ['a lone surrogate is replaced', 'Kari\ud800', 'Kari\ufffd'],
])('in a normalised text, %s', (_case, text, shown) => {
  expect(shownText(text)).toBe(shown);
});

test('a normalised text can be stored, and does not change when it is normalised again', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const shown = shownText(text);
      expect(shown).not.toMatch(/[\p{Control}\p{Bidi_Control}\p{Surrogate}\u034f\u3164]/u);
      expect(shownText(shown)).toBe(shown);
    }),
  );
});

test.each([
  ['marks in another order before a joiner', 'q\u0301\u094d\u200d\u0628'],
  ['marks that an invisible character keeps apart before a joiner', 'q\u0301\u034f\u094d\u200d\u0628'],
])('a text with %s does not change when it is normalised again', (_case, text) => {
  expect(shownText(shownText(text))).toBe(shownText(text));
});

test('invisible characters do not make a different name', () => {
  const unseen = Array.from({ length: 0x11_00_00 }, (_none, codePoint) => String.fromCodePoint(codePoint));
  const kept = unseen.filter(
    (character) =>
      /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/u.test(character) &&
      shownText(`A${character}B${character}`) !== 'AB',
  );
  expect(kept.map((character) => character.codePointAt(0)?.toString(16))).toEqual([]);
});

test('an emoji keeps its own invisible characters and no others', () => {
  const tags = '\u{e0061}\u{e0062}';
  expect(shownText(`😀${tags}\ufe0f\u200d😀`)).toBe('😀😀');
  expect(shownText('❤\ufe0e1\ufe0f')).toBe('❤1');
});
