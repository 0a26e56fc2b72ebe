import { generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const clientId = 'bench-client';
export const clientSecret = 'bench-client-secret-of-some-length';

export interface Person {
  subject: string;
  name: string;
  birthdate: string;
  nationalIdentityNumber: string;
}

export interface BenchIssuer {
  url: string;
  /** How often each document was fetched since the last call. */
  takeFetches(): { discovery: number; jwks: number };
  /** Makes the tokens for one sign-in beforehand; returns the code that they are given for. */
  prepare(person: Person, nonce: string | null): string;
  close(): void;
}

/**
 * An OpenID provider that is never what one waits for: tokens are signed before anything is measured. Strict only
 * where the subjects could cheat: a code is good for one use.
 */
export async function startIssuer(): Promise<BenchIssuer> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const kid = randomUUID();
  const prepared = new Map<string, { answer: string; userinfo: string }>();
  const userinfo = new Map<string, string>();
  const fetches = { discovery: 0, jwks: 0 };
  let url = '';

  const documents: Record<string, () => string> = {
    '/.well-known/openid-configuration': () => {
      fetches.discovery += 1;
      return JSON.stringify(metadata(url));
    },
    '/jwks': () => {
      fetches.jwks += 1;
      const key = { ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' };
      return JSON.stringify({ keys: [key] });
    },
    // Drop tells Slack that it started.
    '/slack': () => 'ok',
  };

  async function token(request: IncomingMessage): Promise<string | undefined> {
    const code = new URLSearchParams(await textOf(request)).get('code') ?? '';
    const found = prepared.get(code);
    prepared.delete(code);
    if (found) userinfo.set(code, found.userinfo);
    return found?.answer;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const bearer = request.headers.authorization?.replace('Bearer ', '') ?? '';
    const body =
      path === '/token'
        ? await token(request)
        : path === '/userinfo'
          ? userinfo.get(bearer)
          : documents[path]?.();
    response.setHeader('content-type', 'application/json');
    response.setHeader('cache-control', path === '/jwks' ? 'public, max-age=300' : 'no-store');
    response.writeHead(body === undefined ? 400 : 200).end(body ?? '{"error":"invalid_grant"}');
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  url = await listening(server);

  return {
    url,
    takeFetches() {
      const taken = { ...fetches };
      Object.assign(fetches, { discovery: 0, jwks: 0 });
      return taken;
    },
    prepare(person, nonce) {
      const code = randomUUID();
      const claims = { ...claimsOf(person), iss: url, aud: clientId, ...(nonce !== null && { nonce }) };
      const idToken = signed(claims, kid, privateKey);
      prepared.set(code, {
        answer: JSON.stringify({
          access_token: code,
          token_type: 'Bearer',
          expires_in: 300,
          id_token: idToken,
        }),
        userinfo: JSON.stringify(claimsOf(person)),
      });
      return code;
    },
    close: () => void server.close(),
  };
}

function signed(claims: object, kid: string, key: KeyObject): string {
  const input = [{ alg: 'ES256', kid, typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

async function listening(server: Server): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  server.listen(0, '127.0.0.1', () => resolve(undefined));
  await promise;
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

function claimsOf(person: Person): object {
  const now = Math.floor(Date.now() / 1000);
  return {
    sub: person.subject,
    iat: now,
    auth_time: now,
    exp: now + 3_600,
    acr: 'urn:bankid:bid',
    name: person.name,
    birthdate: person.birthdate,
    nnin_altsub: person.nationalIdentityNumber,
    // What the peers ask for.
    email: `${person.subject}@example.com`,
    email_verified: true,
  };
}

function metadata(url: string): object {
  return {
    issuer: url,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    userinfo_endpoint: `${url}/userinfo`,
    jwks_uri: `${url}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
