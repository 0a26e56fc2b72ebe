import { expect, it } from 'vitest';
import { signInOverridden, startStack } from './stack.ts';

it.each(['RS256', 'PS256', 'ES256'])('accepts %s when the issuer signs with it', async (alg) => {
  const stack = await startStack();
  await stack.act('add_rsa_key');
  await stack.act('bend_discovery', { set: { id_token_signing_alg_values_supported: [alg] } });
  await expect(signInOverridden(stack, { alg })).resolves.toMatchObject({ issuer: stack.issuer });
});

it('accepts the algorithms that Drop allows when the issuer declares none', async () => {
  const stack = await startStack();
  await stack.act('bend_discovery', { without: ['id_token_signing_alg_values_supported'] });
  await expect(signInOverridden(stack, {})).resolves.toMatchObject({ issuer: stack.issuer });
});
