import { it } from 'vitest';
import { expectRefusal, signInOverridden, startStack } from './stack.ts';

it('refuses an ID token that never expires', async () => {
  const stack = await startStack();
  await expectRefusal(
    signInOverridden(stack, { withoutClaims: ['exp'] }),
    'sign_in_token_invalid',
    /invalid claims: exp/,
  );
});
