import { it } from 'vitest';
import { expectRefusal, seconds, signInOverridden, startStack } from './stack.ts';

it('refuses an ID token issued a week ago, even if it has not expired', async () => {
  const stack = await startStack();
  const claims = { iat: seconds(stack, -7 * 86_400), exp: seconds(stack, 300) };
  await expectRefusal(
    signInOverridden(stack, { claims }),
    'sign_in_token_invalid',
    /exp, its lifetime is too long/,
  );
});

it('refuses an ID token issued eleven minutes ago, which cannot come from a code just exchanged', async () => {
  const stack = await startStack();
  const claims = { iat: seconds(stack, -660), exp: seconds(stack, 300) };
  await expectRefusal(
    signInOverridden(stack, { claims }),
    'sign_in_token_invalid',
    /iat, it is too long ago/,
  );
});
