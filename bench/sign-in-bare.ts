// What one would write with `openid-client` and `pg` alone: transaction, user and session in PostgreSQL, as Drop has
// them, and nothing else. VERIFY=off leaves the signature of the ID token unchecked, which is the library's default.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as oidc from 'openid-client';
import pg from 'pg';

const port = Number(process.env['PORT']);
const origin = `http://localhost:${port}`;
const redirectUri = `${origin}/callback`;
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 20 });
await pool.query(`
  create table if not exists sign_ins (state text primary key, nonce text not null, verifier text not null);
  create table if not exists users (id uuid primary key, subject text not null unique, name text not null);
  create table if not exists sessions (token_hash bytea primary key, user_id uuid not null references users)`);

const config = await oidc.discovery(
  new URL(process.env['ISSUER'] ?? ''),
  process.env['CLIENT_ID'] ?? '',
  process.env['CLIENT_SECRET'],
  oidc.ClientSecretBasic(process.env['CLIENT_SECRET']),
  { execute: [oidc.allowInsecureRequests] },
);
if (process.env['VERIFY'] !== 'off') oidc.enableNonRepudiationChecks(config);

async function start(response: ServerResponse): Promise<void> {
  const verifier = oidc.randomPKCECodeVerifier();
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
  await pool.query('insert into sign_ins (state, nonce, verifier) values ($1, $2, $3)', [
    state,
    nonce,
    verifier,
  ]);
  const location = oidc.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid profile',
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  response.writeHead(302, { location: location.href, 'set-cookie': `state=${state}; HttpOnly` }).end();
}

async function callback(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '', origin);
  const state = url.searchParams.get('state') ?? '';
  const { rows } = await pool.query<{ nonce: string; verifier: string }>(
    'delete from sign_ins where state = $1 returning nonce, verifier',
    [state],
  );
  const [kept] = rows;
  if (!kept || !(request.headers.cookie ?? '').includes(`state=${state}`)) throw new Error('no such sign-in');
  const checks = { expectedState: state, expectedNonce: kept.nonce, pkceCodeVerifier: kept.verifier };
  const tokens = await oidc.authorizationCodeGrant(config, url, checks);
  const claims = tokens.claims();
  if (!claims) throw new Error('no ID token');
  const found = await pool.query<{ id: string }>(
    `insert into users (id, subject, name) values ($1, $2, $3)
     on conflict (subject) do update set name = excluded.name returning id`,
    [randomUUID(), claims.sub, claims['name']],
  );
  const token = randomBytes(32).toString('base64url');
  await pool.query('insert into sessions (token_hash, user_id) values ($1, $2)', [
    createHash('sha256').update(token).digest(),
    found.rows[0]?.id,
  ]);
  response.writeHead(302, { location: '/', 'set-cookie': `session=${token}; HttpOnly` }).end();
}

const server = createServer((request, response) => {
  const answering = request.url?.startsWith('/callback') ? callback(request, response) : start(response);
  answering.catch((error: unknown) => response.writeHead(500).end(String(error)));
});
process.once('SIGINT', () => process.exit(0));
server.listen(port, '127.0.0.1', () => void process.stdout.write('listening\n'));
