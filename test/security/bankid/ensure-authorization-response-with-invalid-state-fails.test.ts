import { expect, it } from 'vitest';
import { expectRefusal, returnedTo, startStack } from './stack.ts';

it.each([
  ['another state', { set: { state: 'another' } }, /no sign-in begun/],
  ['an empty state', { set: { state: '' } }, /no sign-in begun/],
  ['the state twice', { again: { state: 'another' } }, /state more than once/],
  ['a state of more than 4 kB', { set: { state: 'x'.repeat(4_097) } }, /state is too long/],
  ['an error under another state', { set: { state: 'another', error: 'access_denied' } }, /no sign-in begun/],
])('refuses a callback with %s, and sends nothing', async (_, override, reason) => {
  const stack = await startStack();
  const { callback, transaction } = await returnedTo(stack, override);
  await expectRefusal(stack.bankId.completeSignIn(callback, transaction), 'sign_in_state_mismatch', reason);
  expect(stack.requests('token')).toBe(0);
});
