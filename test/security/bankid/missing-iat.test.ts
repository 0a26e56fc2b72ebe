import { expect, it } from 'vitest';
import { expectRefusal, seconds, signInBent, startStack } from './stack.ts';

it('refuses an ID token that does not say when it was issued', async () => {
  const stack = await startStack();
  await expectRefusal(signInBent(stack, { withoutClaims: ['iat'] }), 'sign_in_token_invalid', /iat/);
});

it('refuses an ID token issued at no number', async () => {
  const stack = await startStack();
  await expectRefusal(
    signInBent(stack, { claims: { iat: `${seconds(stack)}` } }),
    'sign_in_token_invalid',
    /iat/,
  );
});

it('refuses an ID token issued in the future', async () => {
  const stack = await startStack();
  const claims = { iat: seconds(stack, 11), exp: seconds(stack, 300) };
  await expectRefusal(signInBent(stack, { claims }), 'sign_in_token_invalid', /iat, it is in the future/);
});

it('refuses an ID token issued a week ago', async () => {
  const stack = await startStack();
  const claims = { iat: seconds(stack, -7 * 86_400), exp: seconds(stack, 300) };
  await expectRefusal(signInBent(stack, { claims }), 'sign_in_token_invalid', /exp, it lives too long/);
});

it('refuses an ID token issued eleven minutes ago, which a code just exchanged cannot give', async () => {
  const stack = await startStack();
  const claims = { iat: seconds(stack, -660), exp: seconds(stack, 300) };
  await expectRefusal(signInBent(stack, { claims }), 'sign_in_token_invalid', /iat, it is too long ago/);
});

it('accepts an issuer whose clock is ten seconds ahead', async () => {
  const stack = await startStack();
  await expect(signInBent(stack, { claims: { iat: seconds(stack, 10) } })).resolves.toBeDefined();
});
