import { it } from 'vitest';
import { expectRefusal, signInBent, startStack } from './stack.ts';

it('refuses an ID token that never runs out', async () => {
  const stack = await startStack();
  await expectRefusal(
    signInBent(stack, { withoutClaims: ['exp'] }),
    'sign_in_token_invalid',
    /of another form: exp/,
  );
});
