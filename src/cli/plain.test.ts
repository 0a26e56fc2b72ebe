import { expect, test } from 'vitest';
import { plain } from './plain.ts';

test.each([
  ['a control character', 'a\u001b[31mb\u009bc\rd\u007f', 'a?[31mb?c?d?'],
  ['a character that changes the writing direction', '\u202eab\u2066c\u200f', '?ab?c?'],
  ['a line break', 'a\nb\u2028c', 'a?b?c'],
])('%s is shown as a question mark', (_case, text, shown) => {
  expect(plain(text)).toBe(shown);
});

test('letters, digits, emoji and punctuation stay', () => {
  expect(plain('Blåbær 😀 – «Čáhppe» 王')).toBe('Blåbær 😀 – «Čáhppe» 王');
});
