import { it } from 'vitest';
import { expectRefusal, signInOverridden, startStack } from './stack.ts';

it('refuses an ID token signed with the public key as a shared secret', async () => {
  const stack = await startStack();
  await expectRefusal(
    signInOverridden(stack, { alg: 'HS256' }),
    'sign_in_token_invalid',
    /alg, it is not an accepted algorithm|not a JSON Web Signature/,
  );
});

it('refuses it even when the issuer offers HS256', async () => {
  const stack = await startStack();
  await stack.act('bend_discovery', { set: { id_token_signing_alg_values_supported: ['HS256', 'ES256'] } });
  await expectRefusal(
    signInOverridden(stack, { alg: 'HS256' }),
    'sign_in_token_invalid',
    /alg, it is not an accepted algorithm|not a JSON Web Signature/,
  );
});
