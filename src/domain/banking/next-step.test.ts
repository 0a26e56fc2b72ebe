import { expect, test } from 'vitest';
import { plainStep, redirectTo } from './next-step.ts';

const decoupled = (message: string | undefined, askAgainMs = 4_000) =>
  ({ kind: 'decoupled', message, askAgainMs }) as const;

test.each([
  ['a NUL, which the database does not keep', 'Bekreft\u0000 4711', 'Bekreft 4711'],
  ['half a character, which the database does not keep', 'Bekreft \ud8004711', 'Bekreft \ufffd4711'],
  ['line breaks and other controls', ' Bekreft\r\n\u00074711 ', 'Bekreft 4711'],
  ['a mark that turns the text round', '\u202eBekreft 4711', 'Bekreft 4711'],
  ['markup, which stays text', '<b>4711</b>', '<b>4711</b>'],
  ['ten million characters', '1'.repeat(10_000_000), '1'.repeat(500)],
  [
    'characters that normalisation doubles',
    `1${'\u{1d15e}'.repeat(249)}`,
    `1${'\u{1d157}\u{1d165}'.repeat(124)}\u{1d157}\ufffd`,
  ],
  ['nothing that is seen', '\u0000\u200b ', undefined],
])('a message with %s is kept as shown text', (_case, message, shown) => {
  expect(plainStep(decoupled(message))).toEqual(decoupled(shown));
});

test.each([
  [NaN, 60_000],
  [Infinity, 60_000],
  [-1e308, 1_000],
  [0.4, 1_000],
  [1e308, 60_000],
  [3_500, 3_500],
])('a delay of %s ms is kept as %i', (askAgainMs, kept) => {
  expect(plainStep(decoupled('4711', askAgainMs))).toEqual(decoupled('4711', kept));
});

test.each([
  ['https://bank.example/a\r\nSet-Cookie: x', 'https://bank.example/aSet-Cookie:%20x'],
  ['https:bank.example/a', 'https://bank.example/a'],
  ['  https://bank.example/a\u0000 ', 'https://bank.example/a'],
  ['https://bank.example/å\ud800', 'https://bank.example/%C3%A5%EF%BF%BD'],
])('the address %j is kept as a browser reads it', (written, read) => {
  expect(plainStep(redirectTo(written))).toEqual(redirectTo(read));
});

test.each([new Date(NaN), new Date(-8.64e15), new Date(8.64e15)])(
  'an expiry that the database cannot keep is none',
  (expiresAt) => {
    expect(plainStep(redirectTo('https://bank.example/', expiresAt))).toEqual(
      redirectTo('https://bank.example/'),
    );
  },
);
