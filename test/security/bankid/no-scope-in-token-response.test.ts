import { expect, it } from 'vitest';
import { signInBent, startStack } from './stack.ts';

it.each([
  ['no scope', { withoutResponse: ['scope'] }],
  ['less than was asked for', { response: { scope: 'openid' } }],
])('accepts an answer that tells of %s: what counts are the claims', async (_, bend) => {
  const stack = await startStack();
  await expect(signInBent(stack, bend)).resolves.toBeDefined();
});
