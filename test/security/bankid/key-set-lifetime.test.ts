import { expect, it } from 'vitest';
import { signIn, startStack } from './stack.ts';

const day = 86_400;

it.each([
  ['as long as the issuer says', 600, 600],
  ['a minute, though the issuer says not at all', 0, 60],
  ['a day, though the issuer says for ten', 10 * day, day],
])('keys are held for %s', async (_, maxAgeSeconds, heldSeconds) => {
  const stack = await startStack();
  await stack.act('publish_keys', { maxAgeSeconds });
  await signIn(stack.bankId);
  stack.clock.advance((heldSeconds - 1) * 1000);
  await signIn(stack.bankId);
  expect(stack.requests('jwks')).toBe(1);
  stack.clock.advance(1_000);
  await signIn(stack.bankId);
  expect(stack.requests('jwks')).toBe(2);
});
