import { expect, it } from 'vitest';
import { Secret } from '#domain/secret.ts';
import type { BankIdOptions } from '#services/bankid/options.ts';
import { newClientKey } from './client-key.ts';
import { choose, expectRefusal, kari, startStack, type Stack } from './stack.ts';

const elsewhere = 'http://localhost:5173/callback';
const other = { clientId: 'other', clientSecret: 'demo-other-secret', redirectUris: [elsewhere] };
const asOther = { clientId: 'other', clientSecret: new Secret('demo-other-secret') };

async function signInAs(stack: Stack, options: Partial<BankIdOptions>): Promise<string> {
  const client = stack.client(options);
  const { authorizeUrl, transaction } = await client.startSignIn({ redirectUri: elsewhere, locale: 'nb' });
  const identity = await client.completeSignIn(await choose(authorizeUrl, 'kari'), transaction);
  return identity.nationalIdentityNumber.reveal();
}

it('a client registered by the control plane signs in with its own secret and redirect URI', async () => {
  const stack = await startStack();
  await stack.act('register_client', other);
  expect(await signInAs(stack, asOther)).toBe(kari.nationalIdentityNumber);
});

it.each(['ES256', 'RS256'] as const)('a client signs in with its registered %s key', async (algorithm) => {
  const stack = await startStack();
  const key = newClientKey(algorithm);
  const jwk = { ...key.registered.publicKey.export({ format: 'jwk' }), kid: key.registered.kid };
  const jwks = {
    keys: [{ ...newClientKey().registered.publicKey.export({ format: 'jwk' }), kid: 'x' }, jwk],
  };
  await stack.act('register_client', { clientId: 'other', jwks, redirectUris: [elsewhere] });
  expect(await signInAs(stack, { clientId: 'other', ...key.options })).toBe(kari.nationalIdentityNumber);
});

it('the first client stays registered', async () => {
  const stack = await startStack();
  await stack.act('register_client', other);
  await stack.act('register_client', { ...other, clientId: 'third' });
  expect(await signInAs(stack, asOther)).toBe(kari.nationalIdentityNumber);
});

it('a client is not redirected to the redirect URI of another', async () => {
  const stack = await startStack();
  await stack.act('register_client', { ...other, redirectUris: ['http://localhost:5173/other'] });
  await expectRefusal(signInAs(stack, asOther), 'sign_in_unavailable', /answered 400/);
});

it('a client cannot exchange the code of another', async () => {
  const stack = await startStack();
  await stack.act('register_client', { ...other, redirectUris: [elsewhere] });
  await stack.act('register_client', { ...other, clientId: 'third' });
  const begun = await stack.client(asOther).startSignIn({ redirectUri: elsewhere, locale: 'nb' });
  const callback = await choose(begun.authorizeUrl, 'kari');
  const thief = stack.client({ ...asOther, clientId: 'third' });
  await expectRefusal(
    thief.completeSignIn(callback, begun.transaction),
    'sign_in_code_exchange_failed',
    /answered 400/,
  );
});

it('a client gets only the scopes that it was registered with', async () => {
  const stack = await startStack();
  await stack.act('register_client', { ...other, scopes: ['profile'] });
  const attempt = signInAs(stack, { ...asOther, pushedAuthorization: 'never' });
  await expectRefusal(attempt, 'sign_in_code_exchange_failed', /invalid_scope/);
});

it('a reset forgets the clients that were registered', async () => {
  const stack = await startStack();
  await stack.act('register_client', other);
  stack.reset();
  await expectRefusal(signInAs(stack, asOther), 'sign_in_unavailable', /answered 401/);
});

it.each([
  ['without a way to authenticate', { clientId: 'other', redirectUris: [elsewhere] }],
  ['with two ways to authenticate', { ...other, jwks: { keys: [{ kty: 'EC', kid: 'a' }] } }],
  ['without a redirect URI', { ...other, redirectUris: [] }],
  [
    'with a key that cannot be read',
    { clientId: 'other', redirectUris: [elsewhere], jwks: { keys: [{ kty: 'EC', kid: 'a' }] } },
  ],
])('a registration %s is refused', async (_name, registration) => {
  const stack = await startStack();
  await expect(stack.act('register_client', registration)).rejects.toMatchObject({
    code: 'invalid_request',
  });
});
