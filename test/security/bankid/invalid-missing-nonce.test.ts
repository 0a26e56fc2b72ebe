import { it } from 'vitest';
import { expectRefusal, signInOverridden, startStack } from './stack.ts';

it('refuses an ID token without a nonce', async () => {
  const stack = await startStack();
  await expectRefusal(
    signInOverridden(stack, { withoutClaims: ['nonce'] }),
    'sign_in_token_invalid',
    /nonce/,
  );
});
