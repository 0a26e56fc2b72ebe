import fc from 'fast-check';
import { expect, test } from 'vitest';
import { passableUserAgent } from './user-agent.ts';

test.each([
  [
    'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Firefox/150.0',
    'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Firefox/150.0',
  ],
  [' Drop/1.0 ', 'Drop/1.0'],
])('%j is passed on as %j', (given, passedOn) => {
  expect(passableUserAgent(given)).toBe(passedOn);
});

test.each([
  ...[
    undefined,
    '',
    '  ',
    'x'.repeat(513),
    'a\tb',
    'a\u0000b',
    'a\r\nx: y',
    'a\u007fb',
    'p\u00e5',
    '\u{1f600}',
  ],
])('%j is not passed on', (given) => {
  expect(passableUserAgent(given)).toBeUndefined();
});

test('a value longer than those of browsers is not passed on, not even truncated', () => {
  expect(passableUserAgent('x'.repeat(512))).toHaveLength(512);
  expect(passableUserAgent('x'.repeat(513))).toBeUndefined();
});

test('a passed-on value is a valid header', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (given) => {
      const passedOn = passableUserAgent(given);
      if (passedOn !== undefined)
        expect(new Headers({ 'user-agent': passedOn }).get('user-agent')).toBe(passedOn);
      if (passedOn !== undefined) expect(given).toContain(passedOn);
    }),
  );
});
