import { it } from 'vitest';
import { expectRefusal, signInOverridden, startStack } from './stack.ts';

it('refuses an ID token without an audience', async () => {
  const stack = await startStack();
  await expectRefusal(signInOverridden(stack, { withoutClaims: ['aud'] }), 'sign_in_token_invalid', /aud/);
});
