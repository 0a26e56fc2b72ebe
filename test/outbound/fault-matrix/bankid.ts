import { generateKeyPairSync } from 'node:crypto';
import { createMetadataSource } from '#services/bankid/discovery.ts';
import { createKeySet } from '#services/bankid/jwks.ts';
import type { BankIdOptions } from '#services/bankid/options.ts';
import { createPushFetch } from '#services/bankid/par.ts';
import { exchangeCode } from '#services/bankid/token.ts';
import { fetchUserinfo, judgeUserinfo } from '#services/bankid/userinfo.ts';
import { Secret } from '#domain/secret.ts';
import type { ListReader } from '#services/listed-items.ts';
import { exchangeEndings, signInEndings } from './endings.ts';
import { json, type Operation } from './operation.ts';

const errorInside = { error: 'server_error' };
const form = { method: 'POST', headers: {}, redirect: 'manual', body: new URLSearchParams() } as const;
const publicKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
const log = (): void => undefined;
const readLists: ListReader = (_operation, parse) => parse();

function options(issuer: string): BankIdOptions {
  return {
    issuer,
    clientId: 'drop',
    clientSecret: new Secret('demo-secret'),
    clientAuthentication: 'client_secret_basic',
    nationalIdentityClaims: ['nnin_altsub'],
    scope: 'openid',
    acceptSynthetic: true,
    allowInsecureLoopback: true,
  };
}

const provider = 'bankid';
const notPushed = 'sign_in_unavailable refused';
const pushEndings = {
  ...signInEndings,
  notJson: notPushed,
  redirected: notPushed,
  refused: notPushed,
  credentials: notPushed,
  conflict: notPushed,
};

export const bankIdOperations: Operation[] = [
  {
    provider,
    name: 'bankid.discovery',
    repeatable: true,
    endings: signInEndings,
    absorbs: 'metadata',
    payload(origin) {
      const good = {
        issuer: origin,
        authorization_endpoint: `${origin}/authorize`,
        token_endpoint: `${origin}/token`,
        jwks_uri: `${origin}/jwks`,
        id_token_signing_alg_values_supported: ['ES256'],
      };
      const algorithms = { id_token_signing_alg_values_supported: ['ES256', 'QQ999'] };
      return json(good, { errorInside, unknownWord: { ...good, ...algorithms } });
    },
    async drive({ outbound, origin, clock }) {
      const metadata = await createMetadataSource(options(origin), { clock, outbound, log, readLists }).get();
      return metadata.issuer === origin ? 'metadata' : 'others';
    },
  },
  {
    provider,
    name: 'bankid.jwks',
    repeatable: true,
    endings: signInEndings,
    absorbs: '1 key',
    payload() {
      const key = { ...publicKey, kid: '1' };
      return json({ keys: [key] }, { errorInside, unknownWord: { keys: [key, { kty: 'QQ', kid: '2' }] } });
    },
    async drive({ outbound, origin, clock }) {
      const keys = createKeySet({ clock, outbound, log, readLists, jwksUrl: async () => `${origin}/jwks` });
      // Without a name there must be exactly one that fits.
      await keys.keyOf({ alg: 'ES256' }, { payload: '', signature: '' });
      return '1 key';
    },
  },
  {
    provider,
    name: 'bankid.par',
    repeatable: false,
    endings: pushEndings,
    payload: () => ({
      ...json({ request_uri: 'urn:example:1', expires_in: 60 }, { errorInside }),
      status: 201,
    }),
    async drive({ outbound, origin }) {
      await createPushFetch(outbound)(`${origin}/par`, form);
      return 'pushed';
    },
  },
  {
    provider,
    name: 'bankid.token',
    repeatable: false,
    endings: exchangeEndings,
    payload: () =>
      json({ access_token: 'a', token_type: 'Bearer', id_token: 'e30.e30.e30' }, { errorInside }),
    async drive({ outbound, origin }) {
      const grant = { code: 'c', codeVerifier: 'v', redirectUri: 'https://drop.example/callback' };
      await exchangeCode(grant, { outbound, url: `${origin}/token`, authenticate: () => undefined });
      return 'tokens';
    },
  },
  {
    provider,
    name: 'bankid.userinfo',
    repeatable: true,
    endings: exchangeEndings,
    but: { 'JSON of another form': 'sign_in_token_invalid' },
    payload: () => json({ sub: 'somebody', nin: '0' }, { errorInside }),
    async drive({ outbound, origin }) {
      return judgeUserinfo(await fetchUserinfo(outbound, `${origin}/userinfo`, 'token')).sub;
    },
  },
];
