import { it } from 'vitest';
import { expectRefusal, signInOverridden, startStack } from './stack.ts';

it('refuses RS256 from an issuer that signs with ES256', async () => {
  const stack = await startStack();
  await stack.act('add_rsa_key');
  await expectRefusal(
    signInOverridden(stack, { alg: 'RS256' }),
    'sign_in_token_invalid',
    /alg, it is not an accepted algorithm|not a JSON Web Signature/,
  );
});

it.each(['ES384', 'EdDSA', 'es256', 256, null])(
  'refuses the algorithm %s, even if the issuer offers it',
  async (alg) => {
    const stack = await startStack();
    await stack.act('bend_discovery', { set: { id_token_signing_alg_values_supported: [alg, 'ES256'] } });
    await expectRefusal(
      signInOverridden(stack, { header: { alg } }),
      'sign_in_token_invalid',
      /alg, it is not an accepted algorithm|not a JSON Web Signature/,
    );
  },
);

it('refuses an algorithm that does not match the type of the key', async () => {
  const stack = await startStack();
  await stack.act('bend_discovery', { set: { id_token_signing_alg_values_supported: ['RS256', 'ES256'] } });
  await expectRefusal(
    signInOverridden(stack, { header: { alg: 'RS256' } }),
    'sign_in_token_invalid',
    /no applicable keys/,
  );
});
