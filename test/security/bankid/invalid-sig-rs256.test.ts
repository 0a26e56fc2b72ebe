import { it } from 'vitest';
import { expectRefusal, signInOverridden, startStack } from './stack.ts';

const cases = (['RS256', 'PS256'] as const).flatMap((alg) => [
  { alg, name: 'a changed signature', signature: 'tampered' },
  { alg, name: 'an empty signature', signature: 'empty' },
  { alg, name: 'a signature that is not base64url', signature: 'not_base64url' },
]);

it.each(cases)('refuses an ID token of $alg with $name', async ({ alg, signature }) => {
  const stack = await startStack();
  await stack.act('add_rsa_key');
  await stack.act('bend_discovery', { set: { id_token_signing_alg_values_supported: [alg] } });
  await expectRefusal(
    signInOverridden(stack, { alg, signature }),
    'sign_in_token_invalid',
    /signature verification failed|not a JSON Web Signature/,
  );
});

it('refuses a PS256 signature that is declared as RS256', async () => {
  const stack = await startStack();
  await stack.act('add_rsa_key');
  await stack.act('bend_discovery', { set: { id_token_signing_alg_values_supported: ['RS256', 'PS256'] } });
  const override = { alg: 'PS256', header: { alg: 'RS256' } };
  await expectRefusal(
    signInOverridden(stack, override),
    'sign_in_token_invalid',
    /signature verification failed/,
  );
});
