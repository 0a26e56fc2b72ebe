import { expect, it } from 'vitest';
import { signInOverridden, startStack } from './stack.ts';

it('accepts an ID token without a kid when the issuer has only one signing key', async () => {
  const stack = await startStack();
  await stack.act('publish_keys', { roles: ['current', 'encryption'] });
  await expect(signInOverridden(stack, { withoutHeader: ['kid'] })).resolves.toBeDefined();
});
