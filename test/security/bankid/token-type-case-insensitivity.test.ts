import { expect, it } from 'vitest';
import { signInOverridden, startStack } from './stack.ts';

it.each(['bearer', 'BEARER', 'bEARER'])('accepts tokens of the type %s', async (token_type) => {
  const stack = await startStack();
  await expect(signInOverridden(stack, { response: { token_type } })).resolves.toBeDefined();
});
