import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { Agent, request } from 'undici';
import { expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { Secret } from '#domain/secret.ts';
import { createOutbound } from '#outbound/outbound.ts';
import { createBankIdClient } from '#services/bankid/client.ts';
import { nationalIdentityClaimsDefault, type BankIdOptions } from '#services/bankid/options.ts';
import { kari, redirectUri } from './stack.ts';

type ClientAuthentication = BankIdOptions['clientAuthentication'];

const clientId = 'demo-drop';
const clientSecret = 'demo-secret: with % and +';
const scope = 'openid profile nnin_altsub';
const signingKeys = [
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
];

/** A certified OpenID provider by other hands than the emulator's, which signs Kari in without asking. */
async function startIssuer(signingAlgorithm: string, clientAuthentication: ClientAuthentication) {
  vi.spyOn(console, 'info').mockImplementation(() => undefined); // its advice for production
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
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
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        id_token_signed_response_alg: signingAlgorithm,
        token_endpoint_auth_method: clientAuthentication,
      },
    ],
    enabledJWA: { idTokenSigningAlgValues: [signingAlgorithm] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: () => '/interaction' },
    pkce: { required: () => true },
    conformIdTokenClaims: false,
    claims: { profile: ['name', 'birthdate'], nnin_altsub: ['nnin_altsub'] },
    findAccount: async (_: unknown, sub: string) => ({
      accountId: sub,
      claims: async () => ({
        sub,
        name: kari.name,
        birthdate: kari.birthdate,
        nnin_altsub: kari.nationalIdentityNumber,
      }),
    }),
  });
  const answer = provider.callback();
  server.on('request', (incoming, outgoing) => {
    if (incoming.url !== '/interaction') return answer(incoming, outgoing);
    const grant = new provider.Grant({ accountId: 'kari-guid', clientId });
    grant.addOIDCScope(scope);
    void grant.save().then(async (grantId) => {
      const result = { login: { accountId: 'kari-guid' }, consent: { grantId } };
      await provider.interactionFinished(incoming, outgoing, result);
    });
  });
  return origin;
}

/** Follows redirects with cookies, as a browser does, until they lead back to Drop. */
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

it.each<[string, ClientAuthentication]>([
  ['ES256', 'client_secret_basic'],
  ['ES256', 'client_secret_post'],
  ['RS256', 'client_secret_basic'],
  ['PS256', 'client_secret_basic'],
])('signs in at a certified issuer with %s and %s', async (algorithm, clientAuthentication) => {
  const issuer = await startIssuer(algorithm, clientAuthentication);
  const dispatcher = new Agent();
  onTestFinished(() => dispatcher.destroy());
  const bankId = createBankIdClient(
    {
      issuer,
      clientId,
      clientSecret: new Secret(clientSecret),
      clientAuthentication,
      nationalIdentityClaims: nationalIdentityClaimsDefault,
      scope,
      acceptSynthetic: true,
      allowInsecureLoopback: true,
    },
    {
      clock: systemClock,
      outbound: createOutbound({ provider: 'bankid', origins: [issuer], clock: systemClock, dispatcher }),
      log: () => undefined,
    },
  );
  const { authorizeUrl, transaction } = await bankId.startSignIn({ redirectUri, locale: 'nb' });
  const identity = await bankId.completeSignIn(await browse(authorizeUrl), transaction);
  expect(identity).toMatchObject({
    issuer,
    subject: 'kari-guid',
    name: kari.name,
    birthdate: kari.birthdate,
  });
  expect(identity.nationalIdentityNumber.reveal()).toBe(kari.nationalIdentityNumber);
});
