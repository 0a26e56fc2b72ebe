import { expect, it } from 'vitest';
import { signInOverridden, startStack } from './stack.ts';

it.each([
  ['no lifetime', { withoutResponse: ['expires_in'] }],
  ['an invalid lifetime', { response: { expires_in: 'soon' } }],
])('accepts an access token with %s, because it is used at once or not at all', async (_, override) => {
  const stack = await startStack();
  await expect(signInOverridden(stack, override)).resolves.toBeDefined();
});
