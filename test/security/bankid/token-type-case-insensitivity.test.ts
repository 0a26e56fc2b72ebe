import { expect, it } from 'vitest';
import { signInBent, startStack } from './stack.ts';

it.each(['bearer', 'BEARER', 'bEARER'])('accepts tokens of the type %s', async (token_type) => {
  const stack = await startStack();
  await expect(signInBent(stack, { response: { token_type } })).resolves.toBeDefined();
});
