import { it } from 'vitest';
import { expectRefusal, signInOverridden, startStack } from './stack.ts';

it.each([
  ['for another client', 'someone-else'],
  ['for a client with Drop’s id as a prefix', 'demo-drop-2'],
  ['for an empty list', []],
  ['whose audience is not a string', 7],
])('refuses an ID token %s', async (_, aud) => {
  const stack = await startStack();
  await expectRefusal(signInOverridden(stack, { claims: { aud } }), 'sign_in_token_invalid', /aud/);
});
