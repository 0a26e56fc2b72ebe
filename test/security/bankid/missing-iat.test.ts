import { it } from 'vitest';
import { expectRefusal, seconds, signInOverridden, startStack } from './stack.ts';

it('refuses an ID token without a time of issue', async () => {
  const stack = await startStack();
  await expectRefusal(
    signInOverridden(stack, { withoutClaims: ['iat'] }),
    'sign_in_token_invalid',
    /invalid claims: iat/,
  );
});

it('refuses an ID token whose time of issue is not a number', async () => {
  const stack = await startStack();
  const claims = { iat: `${seconds(stack)}` };
  await expectRefusal(signInOverridden(stack, { claims }), 'sign_in_token_invalid', /iat/);
});
