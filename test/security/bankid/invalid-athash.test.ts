import { it } from 'vitest';
import { expectRefusal, signInOverridden, startStack } from './stack.ts';

it('refuses an ID token for another access token', async () => {
  const stack = await startStack();
  const override = { response: { access_token: 'another' } };
  await expectRefusal(signInOverridden(stack, override), 'sign_in_token_invalid', /at_hash/);
});

it.each(['', null, 7])('refuses the invalid hash %j', async (at_hash) => {
  const stack = await startStack();
  await expectRefusal(signInOverridden(stack, { claims: { at_hash } }), 'sign_in_token_invalid', /at_hash/);
});
