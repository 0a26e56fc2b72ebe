import { expect, it } from 'vitest';
import { expectRefusal, seconds, signInBent, startStack } from './stack.ts';

it.each([
  ['ran out ten seconds ago', -10],
  ['ran out a day ago', -86_400],
])('refuses an ID token that %s', async (_, offset) => {
  const stack = await startStack();
  await expectRefusal(
    signInBent(stack, { claims: { exp: seconds(stack, offset) } }),
    'sign_in_token_invalid',
    /exp, it is past/,
  );
});

it('refuses an ID token that never runs out', async () => {
  const stack = await startStack();
  await expectRefusal(signInBent(stack, { withoutClaims: ['exp'] }), 'sign_in_token_invalid', /exp/);
});

it('refuses an ID token that runs out in a million years', async () => {
  const stack = await startStack();
  await expectRefusal(signInBent(stack, { claims: { exp: 9e15 } }), 'sign_in_token_invalid', /too long/);
});

it.each(['1900000000', null, true])('refuses an ID token that runs out at %j', async (exp) => {
  const stack = await startStack();
  await expectRefusal(signInBent(stack, { claims: { exp } }), 'sign_in_token_invalid', /exp/);
});

it('accepts an issuer whose clock is nine seconds behind', async () => {
  const stack = await startStack();
  await expect(signInBent(stack, { claims: { exp: seconds(stack, -9) } })).resolves.toBeDefined();
});
