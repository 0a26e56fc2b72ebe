import { expect, it } from 'vitest';
import { signInOverridden, startStack } from './stack.ts';

it('accepts an ID token without the hash of the access token, as the code flow allows', async () => {
  const stack = await startStack();
  await expect(signInOverridden(stack, { withoutClaims: ['at_hash'] })).resolves.toBeDefined();
});
