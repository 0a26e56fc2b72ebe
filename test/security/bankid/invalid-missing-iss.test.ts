import { it } from 'vitest';
import { expectRefusal, signInOverridden, startStack } from './stack.ts';

it('refuses an ID token that names no issuer', async () => {
  const stack = await startStack();
  await expectRefusal(signInOverridden(stack, { withoutClaims: ['iss'] }), 'sign_in_token_invalid', /iss/);
});
