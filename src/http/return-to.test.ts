import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeReturnTo } from './return-to.ts';

test.each(['/', '/pay', '/pay?account=1#amount', '/payments/42', '/a%2Fb'])(
  '%s is a path of this site',
  (path) => {
    expect(safeReturnTo(path)).toBe(path);
  },
);

test.each([
  undefined,
  '',
  'pay',
  'https://evil.example',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/pay\\..\\..',
  '/pay\\account',
  '/.//evil.example',
  '/..//evil.example',
  '/%2e//evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  ' //evil.example',
  'javascript:alert(1)',
  '/pay\r\nset-cookie: a=b',
  '/bøker',
  '/api/auth/bankid/start',
  '/x/../api/auth/sign-out',
  '/%61pi/auth/bankid',
  '/a%70i/auth/bankid?returnTo=/pay',
  '/100%',
])('%j leads to the front page', (payload) => {
  expect(safeReturnTo(payload)).toBe('/');
});

/** The parts of addresses as browsers read them: schemes, slashes of both kinds, dots, skipped characters. */
const parts = fc.constantFrom(
  ...[
    '/',
    '//',
    '\\',
    '/\\',
    '.',
    '..',
    '%2e',
    '%2f',
    '%5c',
    '%61pi',
    '@',
    ':',
    '?',
    '#',
    ';',
    '&',
    '=',
    ' ',
  ],
  ...['\t', '\n', '\r', '\0', '\u00a0', '\u2028', '\uff0f', '\uff0e', '\u3002', '\u202e', '\ud800'],
  ...[
    'evil.example',
    'site.invalid',
    'user',
    'https:',
    'HTTPS://',
    'javascript:',
    'data:',
    'blob:',
    'api',
    'pay',
  ],
);
const addresses = fc.oneof(
  fc.array(parts, { maxLength: 12 }).map((some) => some.join('')),
  fc.array(parts, { maxLength: 12 }).map((some) => `/${some.join('')}`),
  fc.string({ unit: 'binary' }),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
);

test('any input leads to a page of this site', () => {
  fc.assert(
    fc.property(addresses, fc.constantFrom('https://getdrop.no', 'http://localhost:3000'), (asked, site) => {
      const path = safeReturnTo(asked);
      const url = new URL(path, site);
      expect(path).toMatch(/^\/(?!\/)[\x21-\x7e]*$/);
      expect(url.origin).toBe(site);
      expect(decodeURI(url.pathname).startsWith('/api/')).toBe(false);
    }),
    { numRuns: 20_000 },
  );
});

test('the result is unchanged when it is checked again', () => {
  fc.assert(
    fc.property(addresses, (asked) => {
      expect(safeReturnTo(safeReturnTo(asked))).toBe(safeReturnTo(asked));
    }),
    { numRuns: 5_000 },
  );
});
