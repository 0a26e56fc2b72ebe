import { expect, it } from 'vitest';
import { signIn, startStack } from './stack.ts';

it('accepts a key that was added after the set was fetched', async () => {
  const stack = await startStack();
  await stack.act('publish_keys', { roles: ['current'] });
  await signIn(stack.bankId);
  await stack.act('rotate_keys');
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
  expect(stack.requests('jwks')).toBe(2);
});

it('fetches once for concurrent tokens with the new key', async () => {
  const stack = await startStack();
  await stack.act('publish_keys', { roles: ['current'] });
  await signIn(stack.bankId);
  await stack.act('rotate_keys');
  await Promise.all(Array.from({ length: 20 }, () => signIn(stack.bankId)));
  expect(stack.requests('jwks')).toBe(2);
});
