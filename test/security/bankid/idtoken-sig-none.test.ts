import { it } from 'vitest';
import { expectRefusal, signInOverridden, startStack } from './stack.ts';

it('refuses an ID token that is not signed', async () => {
  const stack = await startStack();
  await expectRefusal(
    signInOverridden(stack, { alg: 'none' }),
    'sign_in_token_invalid',
    /alg, it is not an accepted algorithm|not a JSON Web Signature/,
  );
});

it('refuses it even when the issuer declares none as its algorithm', async () => {
  const stack = await startStack();
  await stack.act('bend_discovery', { set: { id_token_signing_alg_values_supported: ['none', 'ES256'] } });
  await expectRefusal(
    signInOverridden(stack, { alg: 'none' }),
    'sign_in_token_invalid',
    /alg, it is not an accepted algorithm|not a JSON Web Signature/,
  );
});

it('refuses `none` in another case', async () => {
  const stack = await startStack();
  await expectRefusal(
    signInOverridden(stack, { alg: 'none', header: { alg: 'nOnE' } }),
    'sign_in_token_invalid',
    /alg, it is not an accepted algorithm|not a JSON Web Signature/,
  );
});
