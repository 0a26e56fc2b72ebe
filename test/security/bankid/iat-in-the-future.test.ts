import { expect, it } from 'vitest';
import { expectRefusal, seconds, signInOverridden, startStack } from './stack.ts';

it('refuses an ID token issued in the future', async () => {
  const stack = await startStack();
  const claims = { iat: seconds(stack, 11), exp: seconds(stack, 300) };
  await expectRefusal(
    signInOverridden(stack, { claims }),
    'sign_in_token_invalid',
    /iat, it is in the future/,
  );
});

it('accepts an issuer whose clock is ten seconds ahead', async () => {
  const stack = await startStack();
  await expect(signInOverridden(stack, { claims: { iat: seconds(stack, 10) } })).resolves.toBeDefined();
});
