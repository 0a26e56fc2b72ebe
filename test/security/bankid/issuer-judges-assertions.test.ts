import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { request } from 'undici';
import { expect, it } from 'vitest';
import { newClientKey } from './client-key.ts';
import { seconds, startStack } from './stack.ts';

const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** The emulator with a registered key, and a function that requests tokens with any assertion. */
async function stackWithKey() {
  const key = newClientKey();
  const stack = await startStack(key.options, { emulated: { clientKeys: [key.registered] } });
  const tokenUrl = `${stack.issuer}/protocol/openid-connect/token`;
  const claims = {
    iss: 'demo-drop',
    sub: 'demo-drop',
    aud: tokenUrl,
    jti: randomUUID(),
    iat: seconds(stack),
    exp: seconds(stack, 60),
  };
  const sign = (
    changed: Record<string, unknown> = {},
    header: { kid?: string } = { kid: 'drop-2026' },
  ): Promise<string> =>
    new SignJWT({ ...claims, ...changed })
      .setProtectedHeader({ alg: 'ES256', ...header })
      .sign(key.privateKey);
  async function ask(form: Record<string, string>, headers: Record<string, string> = {}): Promise<unknown> {
    const answer = await request(tokenUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: 'unknown',
        client_assertion_type: type,
        ...form,
      }).toString(),
    });
    return answer.body.json();
  }
  return { stack, sign, ask };
}

/** The answer to an authenticated client whose code is unknown. */
const letIn = { error: 'invalid_grant' };

it('accepts a valid assertion once', async () => {
  const { sign, ask } = await stackWithKey();
  const client_assertion = await sign();
  await expect(ask({ client_assertion })).resolves.toMatchObject(letIn);
  await expect(ask({ client_assertion })).resolves.toMatchObject({ error: 'invalid_client' });
});

it.each<[string, Record<string, unknown>]>([
  ['issued by another client', { iss: 'another' }],
  ['about another client', { sub: 'another' }],
  ['addressed to another issuer', { aud: 'https://another.example/token' }],
  ['without an audience', { aud: undefined }],
  ['without an id', { jti: undefined }],
  ['without an expiry', { exp: undefined }],
])('refuses an assertion %s', async (_, changed) => {
  const { sign, ask } = await stackWithKey();
  await expect(ask({ client_assertion: await sign(changed) })).resolves.toMatchObject({
    error: 'invalid_client',
  });
});

it('refuses an assertion with a second audience', async () => {
  const { stack, sign, ask } = await stackWithKey();
  const client_assertion = await sign({ aud: [stack.issuer, 'https://another.example'] });
  await expect(ask({ client_assertion })).resolves.toMatchObject({ error: 'invalid_client' });
});

it.each([
  ['has expired', { exp: -10 }],
  ['is valid for an hour', { exp: 3_600 }],
  ['is not valid yet', { nbf: 11 }],
])('refuses an assertion that %s', async (_, offsets) => {
  const { stack, sign, ask } = await stackWithKey();
  const times = Object.entries(offsets).map(([name, offset]) => [name, seconds(stack, offset)] as const);
  const client_assertion = await sign(Object.fromEntries<unknown>(times));
  await expect(ask({ client_assertion })).resolves.toMatchObject({ error: 'invalid_client' });
});

it.each([
  ['under another key id', { kid: 'another' }],
  ['under no key id', {}],
])('refuses an assertion signed %s', async (_, header) => {
  const { sign, ask } = await stackWithKey();
  await expect(ask({ client_assertion: await sign({}, header) })).resolves.toMatchObject({
    error: 'invalid_client',
  });
});

it('refuses an assertion of another type, for another client, or that is not signed', async () => {
  const { sign, ask } = await stackWithKey();
  const refused = { error: 'invalid_client' };
  await expect(ask({ client_assertion: await sign(), client_assertion_type: 'jwt' })).resolves.toMatchObject(
    refused,
  );
  await expect(ask({ client_assertion: await sign(), client_id: 'another' })).resolves.toMatchObject(refused);
  const unsigned = (await sign()).replace(/[^.]+$/, '');
  await expect(ask({ client_assertion: unsigned })).resolves.toMatchObject(refused);
});

it('refuses an assertion beside a secret, in the body or in the header', async () => {
  const { sign, ask } = await stackWithKey();
  const client_assertion = await sign();
  const refused = { error: 'invalid_request' };
  await expect(ask({ client_assertion, client_secret: 'x' })).resolves.toMatchObject(refused);
  await expect(ask({ client_assertion }, { authorization: 'Basic eDp5' })).resolves.toMatchObject(refused);
});

it('accepts used assertions again after a reset', async () => {
  const { stack, sign, ask } = await stackWithKey();
  const client_assertion = await sign();
  await ask({ client_assertion });
  stack.reset();
  await expect(ask({ client_assertion })).resolves.toMatchObject(letIn);
});
