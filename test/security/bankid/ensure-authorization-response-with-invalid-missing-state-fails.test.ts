import { expect, it } from 'vitest';
import { expectRefusal, returnedTo, startStack } from './stack.ts';

it.each([
  ['a code', { without: ['state'] }],
  ['an error', { without: ['state', 'code'], set: { error: 'access_denied' } }],
])('refuses a callback with %s and no state, and sends nothing', async (_, override) => {
  const stack = await startStack();
  const { callback, transaction } = await returnedTo(stack, override);
  await expectRefusal(
    stack.bankId.completeSignIn(callback, transaction),
    'sign_in_state_mismatch',
    /does not belong to this sign-in/,
  );
  expect(stack.requests('token')).toBe(0);
});
