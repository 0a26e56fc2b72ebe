import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { Secret } from '#domain/secret.ts';
import { newClientKey, pemOf } from './client-key.ts';
import { expectRefusal, signIn, startStack } from './stack.ts';

it.each(['ES256', 'RS256'] as const)('authenticates with an assertion signed by %s', async (algorithm) => {
  const key = newClientKey(algorithm);
  const stack = await startStack(key.options, { emulated: { clientKeys: [key.registered] } });
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
});

it('addresses the assertion to the issuer when configured', async () => {
  const key = newClientKey();
  const stack = await startStack(
    { ...key.options, assertionAudience: 'issuer' },
    { emulated: { clientKeys: [key.registered] } },
  );
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
});

it('accepts a key whose lines are joined by \\n, as in an environment file', async () => {
  const key = newClientKey();
  const privateKey = new Secret(pemOf(key.privateKey).replaceAll('\n', '\\n'));
  const stack = await startStack(
    { ...key.options, privateKey },
    { emulated: { clientKeys: [key.registered] } },
  );
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
});

it.each([
  ['another key', newClientKey().options],
  ['another key id', { privateKeyId: 'another' }],
  ['the secret instead of the key', { clientAuthentication: 'client_secret_basic' as const }],
])('reports %s as a failed exchange with the issuer’s code', async (_, wrong) => {
  const key = newClientKey();
  const clientSecret = new Secret('demo-secret: with % and +');
  const stack = await startStack(
    { ...key.options, clientSecret, pushedAuthorization: 'never', ...wrong },
    { emulated: { clientKeys: [key.registered] } },
  );
  const refusal = await expectRefusal(signIn(stack.bankId), 'sign_in_code_exchange_failed', /answered 401/);
  expect(refusal.details.providerCode).toBe('invalid_client');
  expect(inspect(refusal, { depth: 20, showHidden: true })).not.toMatch(/eyJ|PRIVATE KEY/);
});
