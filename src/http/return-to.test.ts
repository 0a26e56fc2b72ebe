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
])('%j leads to the front page', (payload) => {
  expect(safeReturnTo(payload)).toBe('/');
});
