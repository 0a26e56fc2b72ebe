import { expect, it } from 'vitest';
import { choose, expectRefusal, redirectUri, startStack } from './stack.ts';

async function returned() {
  const stack = await startStack();
  const { authorizeUrl, transaction } = await stack.bankId.startSignIn({ redirectUri, locale: 'nb' });
  return { stack, transaction, callback: await choose(authorizeUrl, 'kari') };
}

it.each<[string, (callback: URLSearchParams) => void, RegExp]>([
  ['no state', (callback) => callback.delete('state'), /no sign-in begun/],
  ['an empty state', (callback) => callback.set('state', ''), /no sign-in begun/],
  ['another state', (callback) => callback.set('state', 'another'), /no sign-in begun/],
  [
    'the state twice',
    (callback) => callback.append('state', callback.get('state') ?? ''),
    /state more than once/,
  ],
  ['the code twice', (callback) => callback.append('code', 'another'), /code more than once/],
  ['no code', (callback) => callback.delete('code'), /no code/],
  ['an empty code', (callback) => callback.set('code', ''), /no code/],
  ['a code of more than 4 kB', (callback) => callback.set('code', 'x'.repeat(4_097)), /code is too long/],
  ['a state of more than 4 kB', (callback) => callback.set('state', 'x'.repeat(4_097)), /state is too long/],
  [
    'an error, but another state',
    (callback) => {
      callback.set('state', 'another');
      callback.set('error', 'access_denied');
    },
    /no sign-in begun/,
  ],
])('refuses a callback with %s, and sends nothing', async (_, change, reason) => {
  const { stack, transaction, callback } = await returned();
  change(callback);
  await expectRefusal(stack.bankId.completeSignIn(callback, transaction), 'sign_in_state_mismatch', reason);
  expect(stack.requests('token')).toBe(0);
});

it('does not mind parameters that it does not know', async () => {
  const { stack, transaction, callback } = await returned();
  callback.set('session_state', 'x');
  await expect(stack.bankId.completeSignIn(callback, transaction)).resolves.toBeDefined();
});
