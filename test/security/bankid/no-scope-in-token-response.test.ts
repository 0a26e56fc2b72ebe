import { expect, it } from 'vitest';
import { signInOverridden, startStack } from './stack.ts';

it.each([
  ['no scope', { withoutResponse: ['scope'] }],
  ['less than was asked for', { response: { scope: 'openid' } }],
])('accepts an answer that tells of %s: what counts are the claims', async (_, override) => {
  const stack = await startStack();
  await expect(signInOverridden(stack, override)).resolves.toBeDefined();
});
