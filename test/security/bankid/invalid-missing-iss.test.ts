import { it } from 'vitest';
import { expectRefusal, signInBent, startStack } from './stack.ts';

it('refuses an ID token that names no issuer', async () => {
  const stack = await startStack();
  await expectRefusal(signInBent(stack, { withoutClaims: ['iss'] }), 'sign_in_token_invalid', /iss/);
});
