import { expect, it } from 'vitest';
import { expectRefusal, seconds, signInOverridden, startStack } from './stack.ts';

it('refuses an ID token that does not hold yet', async () => {
  const stack = await startStack();
  await expectRefusal(
    signInOverridden(stack, { claims: { nbf: seconds(stack, 11) } }),
    'sign_in_token_invalid',
    /nbf/,
  );
});

it('accepts an ID token that does not say from when on it holds', async () => {
  const stack = await startStack();
  await expect(signInOverridden(stack, { withoutClaims: ['nbf'] })).resolves.toBeDefined();
});
