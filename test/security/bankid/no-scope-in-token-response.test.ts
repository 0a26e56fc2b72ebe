import { expect, it } from 'vitest';
import { signInOverridden, startStack } from './stack.ts';

it.each([
  ['no scope', { withoutResponse: ['scope'] }],
  ['fewer scopes than requested', { response: { scope: 'openid' } }],
])('accepts an answer with %s, because the claims decide', async (_, override) => {
  const stack = await startStack();
  await expect(signInOverridden(stack, override)).resolves.toBeDefined();
});
