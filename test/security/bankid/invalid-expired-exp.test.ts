import { expect, it } from 'vitest';
import { expectRefusal, seconds, signInOverridden, startStack } from './stack.ts';

it.each([
  ['ten seconds', -10],
  ['more than five minutes', -301],
  ['a day', -86_400],
])('refuses an ID token that expired %s ago', async (_, offset) => {
  const stack = await startStack();
  const claims = { exp: seconds(stack, offset) };
  await expectRefusal(signInOverridden(stack, { claims }), 'sign_in_token_invalid', /exp, it has expired/);
});

it('accepts an issuer whose clock is nine seconds behind', async () => {
  const stack = await startStack();
  await expect(signInOverridden(stack, { claims: { exp: seconds(stack, -9) } })).resolves.toBeDefined();
});
