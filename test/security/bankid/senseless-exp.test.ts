import { it } from 'vitest';
import { expectRefusal, signInOverridden, startStack } from './stack.ts';

it('refuses an ID token that expires in a million years', async () => {
  const stack = await startStack();
  await expectRefusal(
    signInOverridden(stack, { claims: { exp: 9e15 } }),
    'sign_in_token_invalid',
    /too long/,
  );
});

it.each(['1900000000', null, true])('refuses an ID token that expires at %j', async (exp) => {
  const stack = await startStack();
  await expectRefusal(signInOverridden(stack, { claims: { exp } }), 'sign_in_token_invalid', /exp/);
});
