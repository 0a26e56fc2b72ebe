import { expect, test } from 'vitest';
import { escapedJson } from './escaped-json.ts';

test.each([
  ['DEL and the controls that JSON does not escape', 'a\u007fb\u009b31mc', String.raw`"a\u007fb\u009b31mc"`],
  ['what changes the writing direction', '\u202ea\u2066', String.raw`"\u202ea\u2066"`],
  ['separators of lines and paragraphs', 'a\u2028b\u2029', String.raw`"a\u2028b\u2029"`],
])('%s is escaped, and means the same', (_case, text, escaped) => {
  const json = escapedJson(JSON.stringify(text));
  expect(json).toBe(escaped);
  expect(JSON.parse(json)).toBe(text);
});

test('all else stays as it is, a name, an escape and a line break among it', () => {
  const json = JSON.stringify({ name: 'Blåbær 😀 «Čáhppe» 王 \u0000\u001b[31m' });
  expect(escapedJson(`${json}\n`)).toBe(`${json}\n`);
});
