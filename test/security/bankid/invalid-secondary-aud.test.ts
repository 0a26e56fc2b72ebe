import { it } from 'vitest';
import { expectRefusal, signInOverridden, startStack } from './stack.ts';

const claims = { aud: ['demo-drop', 'someone-else'] };

it('refuses a second audience that Drop does not know', async () => {
  const stack = await startStack();
  await expectRefusal(signInOverridden(stack, { claims }), 'sign_in_token_invalid', /aud/);
});

it('refuses it also without an authorised party', async () => {
  const stack = await startStack();
  await expectRefusal(
    signInOverridden(stack, { claims, withoutClaims: ['azp'] }),
    'sign_in_token_invalid',
    /aud/,
  );
});
