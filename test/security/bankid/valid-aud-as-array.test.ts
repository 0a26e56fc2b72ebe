import { expect, it } from 'vitest';
import { signInBent, startStack } from './stack.ts';

it('accepts a list of audiences with Drop alone in it', async () => {
  const stack = await startStack();
  await expect(signInBent(stack, { claims: { aud: ['demo-drop'] } })).resolves.toBeDefined();
});
