import { it } from 'vitest';
import { expectRefusal, signInBent, startStack } from './stack.ts';

it('refuses an ID token that was made for another access token', async () => {
  const stack = await startStack();
  const bend = { response: { access_token: 'another' } };
  await expectRefusal(signInBent(stack, bend), 'sign_in_token_invalid', /at_hash/);
});

it.each(['', null, 7])('refuses the hash %j, which is none', async (at_hash) => {
  const stack = await startStack();
  await expectRefusal(signInBent(stack, { claims: { at_hash } }), 'sign_in_token_invalid', /at_hash/);
});
