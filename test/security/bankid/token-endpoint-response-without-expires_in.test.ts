import { expect, it } from 'vitest';
import { signInOverridden, startStack } from './stack.ts';

it.each([
  ['no lifetime', { withoutResponse: ['expires_in'] }],
  ['a senseless lifetime', { response: { expires_in: 'soon' } }],
])('accepts an access token with %s: it is used at once, or not at all', async (_, override) => {
  const stack = await startStack();
  await expect(signInOverridden(stack, override)).resolves.toBeDefined();
});
