import { expect, it } from 'vitest';
import { choose, redirectUri, signIn, startStack } from './stack.ts';

it('uses the addresses from the metadata', async () => {
  const stack = await startStack({ pushedAuthorization: 'never' });
  const authorization_endpoint = `${stack.issuer}/elsewhere/authorize`;
  await stack.act('bend_discovery', { set: { authorization_endpoint } });
  const { authorizeUrl } = await stack.bankId.startSignIn({ redirectUri, locale: 'nb' });
  expect(authorizeUrl.split('?')[0]).toBe(authorization_endpoint);
});

it('fetches the metadata once, at the address derived from the issuer', async () => {
  const stack = await startStack();
  await signIn(stack.bankId);
  await signIn(stack.bankId);
  expect(stack.requests('discovery')).toBe(1);
});

it.each(['/', '//'])(
  'fetches it for an issuer that ends in %j, too, and compares the issuer exactly',
  async (end) => {
    const stack = await startStack();
    const issuer = `${stack.issuer}${end}`;
    const bankId = stack.client({ issuer });
    await stack.act('bend_discovery', { set: { issuer } });
    const { authorizeUrl, transaction } = await bankId.startSignIn({ redirectUri, locale: 'nb' });
    await stack.act('bend_next_callback', { set: { iss: issuer } });
    const callback = await choose(authorizeUrl, 'kari');
    await stack.act('bend_next_id_token', { claims: { iss: issuer } });
    await expect(bankId.completeSignIn(callback, transaction)).resolves.toMatchObject({ issuer });
    expect(stack.requests('discovery')).toBe(1);
  },
);

it.each(['authorize', 'token', 'jwks'] as const)(
  'prefers the configured address to the one in the metadata (%s)',
  async (endpoint) => {
    const stack = await startStack();
    const { issuer } = stack;
    const configured = {
      authorize: { authorizeUrl: `${issuer}/precheck/auth` },
      token: { tokenUrl: `${issuer}/protocol/openid-connect/token` },
      jwks: { jwksUrl: `${issuer}/protocol/openid-connect/certs` },
    }[endpoint];
    const member = { authorize: 'authorization_endpoint', token: 'token_endpoint', jwks: 'jwks_uri' }[
      endpoint
    ];
    await stack.act('bend_discovery', { set: { [member]: `${issuer}/nowhere` } });
    await expect(signIn(stack.client(configured))).resolves.toBeDefined();
  },
);
