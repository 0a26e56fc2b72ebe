import { expect, it } from 'vitest';
import { signIn, startStack } from './stack.ts';

const day = 86_400;

it.each([
  ['the time that the issuer declares', 600, 600],
  ['a minute, even if the issuer declares 0', 0, 60],
  ['a day, even if the issuer declares ten', 10 * day, day],
])('keys are cached for %s', async (_, maxAgeSeconds, heldSeconds) => {
  const stack = await startStack();
  await stack.act('publish_keys', { maxAgeSeconds });
  await signIn(stack.bankId);
  stack.clock.advance(heldSeconds * 800 - 1);
  await signIn(stack.bankId);
  expect(stack.requests('jwks')).toBe(1);
  stack.clock.advance(heldSeconds * 200 + 1);
  await signIn(stack.bankId);
  expect(stack.requests('jwks')).toBe(2);
});

it('keys are fetched ahead once, in the background, in the last fifth of their lifetime', async () => {
  const stack = await startStack();
  await signIn(stack.bankId);
  stack.clock.advance(240_000);
  stack.faults.add({ operation: 'jwks', effect: 'latency', delayMs: 1_000, times: 1 }); // the clock stands still
  await signIn(stack.bankId);
  await signIn(stack.bankId);
  expect(stack.requests('jwks')).toBe(2);
});

it('keys fetched ahead are cached as long as the previous ones', async () => {
  const stack = await startStack();
  await signIn(stack.bankId);
  stack.clock.advance(299_000);
  await signIn(stack.bankId);
  await expect.poll(() => stack.requests('jwks')).toBe(2);
  stack.clock.advance(239_000);
  stack.faults.add({ operation: 'jwks', effect: 'status', status: 503 });
  await signIn(stack.bankId);
  expect(stack.requests('jwks')).toBe(2);
});

it('keys that cannot be fetched ahead are requested at intervals, without a warning while they are fresh', async () => {
  const stack = await startStack();
  await signIn(stack.bankId);
  stack.faults.add({ operation: 'jwks', effect: 'status', status: 503 });
  for (let waited = 240; waited < 300; waited += 5) {
    stack.clock.advance((waited === 240 ? 240 : 5) * 1_000);
    await signIn(stack.bankId);
  }
  expect(stack.requests('jwks')).toBeLessThanOrEqual(1 + 6);
  expect(stack.logged).toEqual([]);
});
