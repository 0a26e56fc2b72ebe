import { generateKeyPairSync } from 'node:crypto';
import { openBankingProviders } from '../src/services/open-banking/providers.ts';
import { freePortBlock, startNode, untilHealthy, type Child } from './children.ts';
import { clientId, clientSecret } from './sign-in-issuer.ts';

/** A sign-in that was begun: what the browser holds, and where it was sent. */
export interface Begun {
  cookie: string;
  authorizeUrl: URL;
}

export interface RunningSubject {
  child: Child;
  begin(): Promise<Begun>;
}

export interface SignInSubject {
  name: string;
  start(issuer: string): Promise<RunningSubject>;
}

export const drop = 'Drop';
export const bare = 'bare `openid-client` and `pg`';
const unverified = 'the same, signature left unchecked (its default)';
export const betterAuth = '`better-auth`, generic OAuth, `pg`';
export const authJs = 'Auth.js, sessions in cookies';

/** Every subject that keeps anything keeps it in a database of its own on one server. */
export function signInSubjects(databaseUrl: (name: string) => Promise<string>): SignInSubject[] {
  const peer = (name: string, { program, begin, environment = {} }: Peer): SignInSubject => ({
    name,
    async start(issuer) {
      const port = await freePortBlock();
      const child = startNode([program], {
        ...peerEnvironment(issuer, port),
        ...environment,
        DATABASE_URL: await databaseUrl(program),
      });
      await child.line((line) => line === 'listening');
      return { child, begin: () => begin(`http://localhost:${port}`) };
    },
  });
  const bareProgram = { program: 'bench/sign-in-bare.ts', begin: beginAtBare };
  return [
    { name: drop, start: async (issuer) => startDrop(issuer, await databaseUrl(drop)) },
    peer(bare, bareProgram),
    peer(unverified, { ...bareProgram, environment: { VERIFY: 'off' } }),
    peer(betterAuth, { program: 'bench/sign-in-better-auth.js', begin: beginAtBetterAuth }),
    peer(authJs, { program: 'bench/sign-in-auth-js.js', begin: beginAtAuthJs }),
  ];
}

interface Peer {
  program: string;
  begin: (origin: string) => Promise<Begun>;
  environment?: Record<string, string>;
}

function peerEnvironment(issuer: string, port: number): Record<string, string> {
  return {
    ISSUER: issuer,
    CLIENT_ID: clientId,
    CLIENT_SECRET: clientSecret,
    PORT: `${port}`,
    NODE_ENV: 'production',
  };
}

/** Drop's server as it is run, every other provider pointed at nothing. */
async function startDrop(issuer: string, databaseUrl: string): Promise<RunningSubject> {
  const port = await freePortBlock();
  const origin = `http://localhost:${port}`;
  const child = startNode(['bin/serve.js'], {
    DROP_ENVIRONMENT: 'sandbox',
    NEXT_PUBLIC_SERVICE_MODE: 'production',
    DATABASE_URL: databaseUrl,
    HOST: '127.0.0.1',
    PORT: `${port}`,
    INTERNAL_PORT: '0',
    LOG_LEVEL: 'warn',
    NATIONAL_ID_HASH_KEY: 'a-key-of-the-bench-that-is-long-enough-for-it',
    BANKID_ISSUER: issuer,
    BANKID_CLIENT_ID: clientId,
    BANKID_CLIENT_SECRET: clientSecret,
    SUMSUB_API_URL: issuer,
    SUMSUB_WEBSDK_SCRIPT_URL: `${issuer}/websdk.js`,
    SUMSUB_WEBSDK_BASE_URL: issuer,
    SUMSUB_APP_TOKEN: 'demo-bench',
    SUMSUB_SECRET_KEY: 'demo-bench-secret',
    SUMSUB_WEBHOOK_SECRET: 'demo-bench-webhook-secret',
    OPENBANKING_CLIENT_ID: 'demo-bench',
    OPENBANKING_CLIENT_SECRET: applicationKey(),
    ...bankAddresses(issuer),
    SLACK_WEBHOOK_URL: `${issuer}/slack`,
  });
  await Promise.race([
    untilHealthy(`${origin}/api/health`, performance.now()),
    child.line(() => false), // rejects with what it said when it ends early
  ]);
  return { child, begin: () => beginByRedirect(`${origin}/api/auth/bankid`) };
}

/** Whatever the providers of open banking take an address from. */
function bankAddresses(url: string): Record<string, string> {
  const names = openBankingProviders.flatMap(({ variables }) => Object.keys(variables.shape));
  return Object.fromEntries(names.filter((name) => name.endsWith('_URL')).map((name) => [name, url]));
}

async function beginAtBare(origin: string): Promise<Begun> {
  return beginByRedirect(`${origin}/start`);
}

async function beginAtBetterAuth(origin: string): Promise<Begun> {
  const response = await fetch(`${origin}/api/auth/sign-in/social`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ provider: 'bankid', callbackURL: '/' }),
  });
  const { url } = (await response.json()) as { url: string };
  return { cookie: cookiesOf(response), authorizeUrl: new URL(url) };
}

async function beginAtAuthJs(origin: string): Promise<Begun> {
  const csrf = await fetch(`${origin}/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const response = await fetch(`${origin}/auth/signin/bankid`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookiesOf(csrf) },
    body: new URLSearchParams({ csrfToken, callbackUrl: `${origin}/` }),
  });
  return {
    cookie: `${cookiesOf(csrf)}; ${cookiesOf(response)}`,
    authorizeUrl: new URL(response.headers.get('location') ?? ''),
  };
}

async function beginByRedirect(url: string): Promise<Begun> {
  const response = await fetch(url, { redirect: 'manual' });
  return {
    cookie: cookiesOf(response),
    authorizeUrl: new URL(response.headers.get('location') ?? 'no-location'),
  };
}

function cookiesOf(response: Response): string {
  const cookies = response.headers.getSetCookie();
  return cookies.map((cookie) => cookie.split(';')[0] ?? '').join('; ');
}

/** A provider may refuse a start with a secret that cannot be its key. */
function applicationKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
