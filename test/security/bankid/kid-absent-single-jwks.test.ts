import { expect, it } from 'vitest';
import { signInOverridden, startStack } from './stack.ts';

it('accepts an ID token that names no key when the issuer has but one that signs', async () => {
  const stack = await startStack();
  await stack.act('publish_keys', { roles: ['current', 'encryption'] });
  await expect(signInOverridden(stack, { withoutHeader: ['kid'] })).resolves.toBeDefined();
});
