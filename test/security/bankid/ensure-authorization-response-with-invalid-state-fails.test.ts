import { expect, it } from 'vitest';
import { expectRefusal, returnedTo, startStack } from './stack.ts';

it.each([
  ['another state', { set: { state: 'another' } }, /does not belong to this sign-in/],
  ['an empty state', { set: { state: '' } }, /does not belong to this sign-in/],
  ['the state twice', { again: { state: 'another' } }, /state more than once/],
  ['a state of more than 4 kB', { set: { state: 'x'.repeat(4_097) } }, /state is too long/],
  [
    'an error under another state',
    { set: { state: 'another', error: 'access_denied' } },
    /does not belong to this sign-in/,
  ],
])('refuses a callback with %s, and sends nothing', async (_, override, reason) => {
  const stack = await startStack();
  const { callback, transaction } = await returnedTo(stack, override);
  await expectRefusal(stack.bankId.completeSignIn(callback, transaction), 'sign_in_state_mismatch', reason);
  expect(stack.requests('token')).toBe(0);
});
