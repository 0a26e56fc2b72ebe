import { expect, it } from 'vitest';
import { signInOverridden, startStack } from './stack.ts';

it('accepts a list of audiences with Drop alone in it', async () => {
  const stack = await startStack();
  await expect(signInOverridden(stack, { claims: { aud: ['demo-drop'] } })).resolves.toBeDefined();
});
