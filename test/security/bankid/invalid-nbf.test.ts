import { expect, it } from 'vitest';
import { expectRefusal, seconds, signInOverridden, startStack } from './stack.ts';

it('refuses an ID token that is not valid yet', async () => {
  const stack = await startStack();
  await expectRefusal(
    signInOverridden(stack, { claims: { nbf: seconds(stack, 11) } }),
    'sign_in_token_invalid',
    /nbf/,
  );
});

it('accepts an ID token without a start of validity', async () => {
  const stack = await startStack();
  await expect(signInOverridden(stack, { withoutClaims: ['nbf'] })).resolves.toBeDefined();
});
