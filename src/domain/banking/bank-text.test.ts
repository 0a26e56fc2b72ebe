import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bankText, norwegianBankCharacters, notCarried } from './bank-text.ts';

/** Any characters, with a higher share of those that have special handling. */
const special = fc.constantFrom(
  ...'aåø\u030a\u0301 \u00a0\u00ad\u2019\u2013\u2026\u200b\u200d\u202e\ufeff\ufe0f\0\n😀',
);
const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff })
  .map((codePoint) => String.fromCodePoint(codePoint));
const texts = fc.array(fc.oneof(special, anyCharacter)).map((characters) => characters.join(''));

describe('a text for a bank', () => {
  test.each([
    ['letters in parts are composed', 'Bla\u030abærsyltetøy', 'Blåbærsyltetøy'],
    ['spaces of every width are plain', '1\u00a0250\u202fkr\u2009til\u3000deg', '1 250 kr til deg'],
    ['quotation marks are plain', '“Kari’s” „kafé‟', '"Kari\'s" "kafé"'],
    ['dashes are hyphens', 'jan\u2013mars \u2014 strøm\u2011måler', 'jan-mars - strøm-måler'],
    ['an ellipsis is three points', 'takk\u2026', 'takk...'],
    ['what stands around it is gone', '\r\n\t Strøm\u00a0\n', 'Strøm'],
  ])('goes as people mean it: %s', (_case, written, sent) => {
    expect(bankText(written)).toBe(sent);
  });

  test('does not change when it is normalised again', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(bankText(bankText(text))).toBe(bankText(text));
      }),
    );
  });

  test('loses no letter and no digit', () => {
    const letters = (text: string): string => text.normalize('NFC').replace(/[^\p{L}\p{N}]/gu, '');
    fc.assert(
      fc.property(texts, (text) => {
        expect(letters(bankText(text))).toBe(letters(text));
      }),
    );
  });
});

describe('a bank accepts', () => {
  test.each([
    'Strømselskapet AS',
    'Blåbærsyltetøy på Ærøya ÆØÅ',
    'Café Zoë, Müller & Sønn (avd. 2): 50 % av #12/2026 + «gave» @ 100,- = ½?!',
    'Máret Ánne',
    'Þórður Sigurðsson',
    'Hilsen "oss" – takk…',
    "L'été à Évian; ¿qué? ñ ç ß",
  ])('%s', (text) => {
    expect(notCarried(bankText(text))).toBeUndefined();
  });
});

describe('a bank does not accept', () => {
  test.each([
    ['emoji, each as one character', 'Takk 😀👨‍👩‍👧👍🏽❤️🇳🇴', ['😀', '👨‍👩‍👧', '👍🏽', '❤️', '🇳🇴']],
    ['letters outside ISO 8859-1, each once', 'Wałęsa, Łódź, Čáhppe', ['ł', 'ę', 'Ł', 'ź', 'Č']],
    ['the Sami letters that ISO 8859-1 lacks', 'čđŋšŧž á', ['č', 'đ', 'ŋ', 'š', 'ŧ', 'ž']],
    ['other scripts', 'Сбор 王', ['С', 'б', 'о', 'р', '王']],
    ['a letter with a mark that does not compose to a letter of the set', 'x\u0301', ['x\u0301']],
    ['the euro sign', '5 €', ['€']],
    ['private-use and unassigned characters', '\ue000\u{10ffff}', ['\ue000', '\u{10ffff}']],
  ])('%s', (_case, text, visible) => {
    expect(notCarried(bankText(text))).toEqual({ visible, hasHidden: false });
  });

  test.each([
    ['NUL', 'Ka\u0000ri'],
    ['a control character', 'Ka\u0007ri'],
    ['a control character of ISO 8859-1', 'Ka\u0085ri'],
    ['a tabulator', 'Ka\tri'],
    ['a line break', 'Ka\nri'],
    ['a separator of lines', 'Kari\u2028'],
    ['an override of the direction', 'Kari\u202eirak'],
    ['an isolate', '\u2067Kari\u2069'],
    ['marks of direction', 'Kari\u200f\u061c'],
    ['a zero-width space', 'Ka\u200bri'],
    ['a zero-width joiner', 'Ka\u200dri'],
    ['a byte order mark', '\ufeffKari'],
    ['a soft hyphen', 'Ka\u00adri'],
    ['a variation selector', 'Kari\ufe0f'],
    ['a filler', 'Kari\u3164'],
    ['half a surrogate pair', 'Kari\ud800'],
  ])('%s, which cannot be seen', (_case, text) => {
    expect(notCarried(bankText(text))).toEqual({ visible: [], hasHidden: true });
  });

  test('visible and invisible characters, and reports both', () => {
    expect(notCarried('ł\u200b')).toEqual({ visible: ['ł'], hasHidden: true });
  });

  test('more characters than the error message lists', () => {
    const many = String.fromCodePoint(...Array.from({ length: 50 }, (_, index) => 0x4e00 + index));
    expect(notCarried(many)?.visible).toHaveLength(20);
  });
});

test('a text is accepted exactly when each of its characters is accepted', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const isCarried = [...text].every((character) => norwegianBankCharacters.test(character));
      expect(notCarried(text) === undefined).toBe(isCarried);
    }),
  );
});

test('every accepted text has as many characters as UTF-16 units and as ISO 8859-1 bytes', () => {
  const latin = fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code));
  const parts = fc.array(fc.oneof(latin, fc.constantFrom('e\u0301', 'A\u030a')));
  fc.assert(
    fc.property(parts, (characters) => {
      const sent = bankText(characters.join(''));
      fc.pre(notCarried(sent) === undefined);
      expect([...sent]).toHaveLength(sent.length);
      expect(Buffer.from(sent, 'latin1').toString('latin1')).toBe(sent);
    }),
  );
});

test('a bank’s own character set replaces the default', () => {
  expect(notCarried('Strøm #1', /[A-Za-z0-9 ø]/)).toEqual({ visible: ['#'], hasHidden: false });
});
