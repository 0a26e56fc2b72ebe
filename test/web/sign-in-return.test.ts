import { expect, test } from 'vitest';
import { signInSearch } from '#customer/search.ts';

test.each(['/', '/payments?status=settled', '/payments/1#search=a%20b', '/pay?from=%C3%B8'])(
  'the app returns to %j after a sign-in',
  (returnTo) => {
    expect(signInSearch({ returnTo }).returnTo).toBe(returnTo);
  },
);

test.each([
  ...['//evil.example', '/\\evil.example', '/\t/evil.example', '/\n/evil.example', '/\r\\evil.example'],
  ...[
    '\t//evil.example',
    '/./\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    ['/'],
    1,
    undefined,
  ],
])('the app does not return to %j, which may be another site', (returnTo) => {
  expect(signInSearch({ returnTo }).returnTo).toBeUndefined();
});
