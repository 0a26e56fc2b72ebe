import { it } from 'vitest';
import { expectRefusal, signInOverridden, startStack } from './stack.ts';

it('refuses an ID token that was made for another access token', async () => {
  const stack = await startStack();
  const override = { response: { access_token: 'another' } };
  await expectRefusal(signInOverridden(stack, override), 'sign_in_token_invalid', /at_hash/);
});

it.each(['', null, 7])('refuses the hash %j, which is none', async (at_hash) => {
  const stack = await startStack();
  await expectRefusal(signInOverridden(stack, { claims: { at_hash } }), 'sign_in_token_invalid', /at_hash/);
});
