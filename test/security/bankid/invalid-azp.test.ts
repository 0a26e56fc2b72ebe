import { expect, it } from 'vitest';
import { expectRefusal, signInOverridden, startStack } from './stack.ts';

it('refuses an ID token whose authorised party is another client', async () => {
  const stack = await startStack();
  await expectRefusal(
    signInOverridden(stack, { claims: { azp: 'someone-else' } }),
    'sign_in_token_invalid',
    /azp/,
  );
});

it('accepts an ID token without an authorised party', async () => {
  const stack = await startStack();
  await expect(signInOverridden(stack, { withoutClaims: ['azp'] })).resolves.toBeDefined();
});
