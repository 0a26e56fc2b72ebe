import { expect, test } from 'vitest';
import { plain } from './plain.ts';

test.each([
  ['what a terminal obeys', 'a\u001b[31mb\u009bc\rd\u007f', 'a?[31mb?c?d?'],
  ['what turns letters around', '\u202eab\u2066c\u200f', '?ab?c?'],
  ['what ends a line', 'a\nb\u2028c', 'a?b?c'],
])('%s is shown as a question mark', (_case, text, shown) => {
  expect(plain(text)).toBe(shown);
});

test('every letter and sign stays', () => {
  expect(plain('Blåbær 😀 – «Čáhppe» 王')).toBe('Blåbær 😀 – «Čáhppe» 王');
});
