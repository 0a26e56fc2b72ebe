import { expect, it } from 'vitest';
import { expectRefusal, signInBent, startStack } from './stack.ts';

it('refuses an ID token that was made for another access token', async () => {
  const stack = await startStack();
  await expectRefusal(
    signInBent(stack, { response: { access_token: 'another' } }),
    'sign_in_token_invalid',
    /at_hash/,
  );
});

it('accepts an ID token without the hash, as the code flow allows', async () => {
  const stack = await startStack();
  await expect(signInBent(stack, { withoutClaims: ['at_hash'] })).resolves.toBeDefined();
});
