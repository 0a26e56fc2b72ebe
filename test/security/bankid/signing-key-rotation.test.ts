import { expect, it } from 'vitest';
import { signIn, startStack } from './stack.ts';

it('accepts the next key, which was published before it signed, without a new fetch', async () => {
  const stack = await startStack();
  await signIn(stack.bankId);
  await stack.act('rotate_keys');
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
  expect(stack.requests('jwks')).toBe(1);
});

it('fetches the keys again when they expire, and not before', async () => {
  const stack = await startStack();
  await signIn(stack.bankId);
  stack.clock.advance(239_000);
  await signIn(stack.bankId);
  expect(stack.requests('jwks')).toBe(1);
  stack.clock.advance(61_000);
  await signIn(stack.bankId);
  expect(stack.requests('jwks')).toBe(2);
});
