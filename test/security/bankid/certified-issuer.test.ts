import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { Agent, request } from 'undici';
import { expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { Secret } from '#domain/secret.ts';
import { createOutbound } from '#services/guarded-call.ts';
import { createBankIdClient } from '#services/bankid/client.ts';
import { nationalIdentityClaimsDefault, type BankIdOptions } from '#services/bankid/options.ts';
import { presets } from '#services/bankid/presets.ts';
import type { BankId } from '#services/bankid/service.ts';
import { newClientKey, type ClientKey } from './client-key.ts';
import { kari, redirectUri } from './stack.ts';

const clientId = 'demo-drop';
const clientSecret = 'demo-secret: with % and +';
const signingKeys = [
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
];

const acr = 'idporten-loa-high';
const noPushing = { enabled: false };
const mustPush = { enabled: true, requirePushedAuthorizationRequests: true };

/** Drop's registration at the issuer besides its name and address, and the issuer's requirements. */
interface Registration {
  client: Record<string, unknown>;
  pushing: { enabled: boolean };
}

/** A certified OpenID provider, independent of the emulator, which signs Kari in without interaction. */
async function startIssuer(signingAlgorithm: string, registration: Registration) {
  // Its advice for production.
  const silenced = [vi.spyOn(console, 'info'), vi.spyOn(console, 'warn')];
  for (const spy of silenced) spy.mockImplementation(() => undefined);
  onTestFinished(() => silenced.forEach((spy) => spy.mockRestore()));
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const origin = `http://localhost:${port}`;
  const provider = new Provider(origin, {
    jwks: { keys: signingKeys },
    clients: [
      {
        client_id: clientId,
        redirect_uris: [redirectUri],
        id_token_signed_response_alg: signingAlgorithm,
        ...registration.client,
      },
    ],
    acrValues: [acr],
    enabledJWA: { idTokenSigningAlgValues: [signingAlgorithm] },
    features: {
      devInteractions: { enabled: false },
      pushedAuthorizationRequests: registration.pushing,
    },
    interactions: { url: () => '/interaction' },
    pkce: { required: () => true },
    conformIdTokenClaims: false,
    claims: { acr: null, profile: ['name', 'birthdate', 'pid'], nnin_altsub: ['nnin_altsub'] },
    findAccount: async (_: unknown, sub: string) => ({
      accountId: sub,
      claims: async () => ({
        sub,
        name: kari.name,
        birthdate: kari.birthdate,
        nnin_altsub: kari.nationalIdentityNumber,
        pid: kari.nationalIdentityNumber,
      }),
    }),
  });
  const answer = provider.callback();
  server.on('request', (incoming, outgoing) => {
    if (incoming.url !== '/interaction') return answer(incoming, outgoing);
    const grant = new provider.Grant({ accountId: 'kari-guid', clientId });
    grant.addOIDCScope('openid profile nnin_altsub');
    void grant.save().then(async (grantId) => {
      const result = { login: { accountId: 'kari-guid', acr }, consent: { grantId } };
      await provider.interactionFinished(incoming, outgoing, result);
    });
  });
  return origin;
}

/** Follows redirects with cookies, like a browser, until they lead back to Drop. */
async function browse(authorizeUrl: string): Promise<URLSearchParams> {
  const cookies = new Map<string, string>();
  let url = new URL(authorizeUrl);
  for (let step = 0; step < 10 && !url.href.startsWith(redirectUri); step += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const { headers } = await request(url, { headers: { cookie } });
    for (const given of [headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(given) ?? [];
      cookies.set(name, value);
    }
    url = new URL(String(headers['location']), url);
  }
  return url.searchParams;
}

function bankIdAt(issuer: string, options: Partial<BankIdOptions>): BankId {
  const dispatcher = new Agent();
  onTestFinished(() => dispatcher.destroy());
  const outbound = createOutbound({
    provider: 'bankid',
    origins: [issuer],
    clock: systemClock,
    dispatcher,
    random: () => 0.5,
  });
  return createBankIdClient(
    {
      issuer,
      clientId,
      clientAuthentication: 'client_secret_basic',
      clientSecret: new Secret(clientSecret),
      nationalIdentityClaims: nationalIdentityClaimsDefault,
      scope: 'openid profile nnin_altsub',
      acceptSynthetic: true,
      allowInsecureLoopback: true,
      ...options,
    },
    {
      clock: systemClock,
      entropy: systemEntropy,
      outbound,
      documents: outbound,
      log: () => undefined,
    },
  );
}

async function expectKari(bankId: BankId, issuer: string) {
  const { authorizeUrl, transaction } = await bankId.startSignIn({ redirectUri, locale: 'nb' });
  const identity = await bankId.completeSignIn(await browse(authorizeUrl), transaction);
  const { name, birthdate } = kari;
  expect(identity).toMatchObject({ issuer, subject: 'kari-guid', name, birthdate });
  expect(identity.nationalIdentityNumber.reveal()).toBe(kari.nationalIdentityNumber);
  return { authorizeUrl, identity };
}

it.each([
  ['ES256', 'client_secret_basic'],
  ['ES256', 'client_secret_post'],
  ['RS256', 'client_secret_basic'],
  ['PS256', 'client_secret_basic'],
] as const)('signs in at a certified issuer with %s and %s', async (algorithm, clientAuthentication) => {
  const client = { client_secret: clientSecret, token_endpoint_auth_method: clientAuthentication };
  const issuer = await startIssuer(algorithm, { client, pushing: noPushing });
  await expectKari(bankIdAt(issuer, { clientAuthentication }), issuer);
});

const privateKeyCases = (['ES256', 'RS256'] as const).flatMap((algorithm) =>
  (['token_endpoint', 'issuer'] as const).flatMap((audience) =>
    [noPushing, mustPush].map((pushing) => ({ algorithm, audience, pushing })),
  ),
);

function registrationOf(key: ClientKey, pushing: Registration['pushing']): Registration {
  const { kid, publicKey } = key.registered;
  const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig' }] };
  return { client: { jwks, token_endpoint_auth_method: 'private_key_jwt' }, pushing };
}

it.each(privateKeyCases)(
  'signs in at a certified issuer with private_key_jwt ($algorithm, $audience, $pushing)',
  async ({ algorithm, audience, pushing }) => {
    const key = newClientKey(algorithm);
    const issuer = await startIssuer('ES256', registrationOf(key, pushing));
    const bankId = bankIdAt(issuer, { ...key.options, assertionAudience: audience });
    const { authorizeUrl } = await expectKari(bankId, issuer);
    expect(new URL(authorizeUrl).searchParams.has('request_uri')).toBe(pushing.enabled);
  },
);

it.each(['client_secret_basic', 'client_secret_post'] as const)(
  'signs in at a certified issuer with a pushed request and %s',
  async (clientAuthentication) => {
    const client = { client_secret: clientSecret, token_endpoint_auth_method: clientAuthentication };
    const issuer = await startIssuer('ES256', { client, pushing: mustPush });
    await expectKari(bankIdAt(issuer, { clientAuthentication }), issuer);
  },
);

it('signs in as at ID-porten: pid, its level, RS256, a key, a pushed request and an age', async () => {
  const key = newClientKey('RS256');
  const issuer = await startIssuer('RS256', registrationOf(key, mustPush));
  const options = { ...presets['id-porten'], ...key.options, maxAgeSeconds: 300 };
  const { identity } = await expectKari(bankIdAt(issuer, options), issuer);
  expect(identity.acr).toBe(acr);
});
