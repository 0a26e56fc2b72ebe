// `npm run rehearse-deploy`: the check of a first deploy (docs/deployment.md), step by step, on one machine: the two
// roles, PgBouncer, two processes as staging, nginx with deploy/nginx.conf, and the emulators behind TLS.
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isThisMachine } from '#configuration/hosts.ts';
import { prefixOf } from '#services/open-banking/credentials.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { startDatabase } from './image/database.ts';
import { ensurePgBouncer } from './pgbouncer.ts';
import { makeCertificates } from './rehearsal/certificate.ts';
import { checkFirstDeploy } from './rehearsal/first-deploy.ts';
import { ran, startSecuredEmulators, startServing } from './rehearsal/processes.ts';
import { findNginx, startProxy } from './rehearsal/proxy.ts';
import { print } from './steps.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const ports = { https: 39_443, http: 39_080, drop: [3911, 3912] };

const host = hostname();
const origin = `https://${host}:${ports.https}`;
const undo: (() => unknown)[] = [];

/** The first provider with a webhook secret: the keys of others are at a host of theirs, on its usual port. */
function providerWithSecret(emulated: Record<string, string>): string {
  const found = openBankingProviders.find(({ id }) => emulated[`${prefixOf(id)}_WEBHOOK_SECRET`]);
  if (found === undefined) throw new Error('no emulated provider signs its webhooks by a secret');
  return found.id;
}

/** The variables of a deployment; staging keeps production's rules for addresses and takes made-up people. */
function variablesOf(own: Record<string, string>, emulated: Record<string, string>): Record<string, string> {
  const key = (): string => randomBytes(32).toString('base64');
  const isForCommand = (name: string): boolean => /^BETTERSTACK_(?!HEARTBEAT)/.test(name);
  const provider = providerWithSecret(emulated);
  const others = openBankingProviders.filter(({ id }) => id !== provider).map(({ id }) => prefixOf(id));
  const isOfOthers = (name: string): boolean => others.some((prefix) => name.startsWith(`${prefix}_`));
  const forDrop = Object.entries(emulated).filter(
    ([name]) => !isForCommand(name) && !isOfOthers(name) && !/^(S3|SECRETS_M)/.test(name),
  );
  return {
    ...Object.fromEntries(forDrop),
    ...own,
    DROP_ENVIRONMENT: 'staging',
    BASE_URL: origin,
    HOST: '127.0.0.1',
    TRUSTED_PROXY_HOPS: '1',
    OPENBANKING_PROVIDER: provider,
    NATIONAL_ID_HASH_KEY: key(),
    DATA_ENCRYPTION_KEY: key(),
    AUDIT_SIGNING_KEY: key(),
    SHUTDOWN_DELAY_SECONDS: '5',
  };
}

async function rehearse(directory: string, pgBouncer: string, nginx: string): Promise<void> {
  const certificates = makeCertificates(directory, host);
  const base = { PATH: process.env['PATH'] ?? '', NODE_EXTRA_CA_CERTS: certificates.authority };
  const database = await startDatabase(directory, { pgBouncer, root });
  undo.push(() => database.stop());

  const migrate = (...words: string[]): string =>
    ran(root, ['bin/drop.js', 'migrate', ...words], { ...base, DATABASE_URL: database.migrateUrl });
  migrate();
  if (!migrate('--dry-run').includes('every migration')) throw new Error('migrations are missing');
  print('✓ 1 no migration is missing');

  const files = [origin, certificates.certificate, certificates.key];
  const { variables: emulated, child } = await startSecuredEmulators(root, files, base);
  undo.push(() => child.kill());
  undo.push(startProxy(nginx, { root, directory, host, ports, certificates }));
  const auditDirectory = join(directory, 'audit');
  mkdirSync(auditDirectory);
  const own = {
    ...base,
    DATABASE_URL: database.pooledUrl,
    DATABASE_DIRECT_URL: database.directUrl,
    AUDIT_ROOTS_DIRECTORY: auditDirectory,
  };
  const environment = variablesOf(own, emulated);
  const [first = 0, second = 0] = ports.drop;
  const one = await startServing(root, { ...environment, PORT: `${first}` });
  undo.push(() => one.stop());
  const other = await startServing(root, { ...environment, PORT: `${second}` });
  undo.push(() => other.stop());
  print('✓ 2 two processes serve, and their scheduled work has begun');

  await checkFirstDeploy({ root, origin, ports, base, environment, emulated, processes: [one, other] });
}

const [pgBouncer, nginx] = [ensurePgBouncer(), findNginx()];
const directory = mkdtempSync(join(tmpdir(), 'drop-deploy-'));
chmodSync(directory, 0o755);
try {
  if (pgBouncer === undefined) throw new Error('no PgBouncer: apt-get install pgbouncer');
  if (nginx === undefined) throw new Error('no nginx: apt-get install nginx-light');
  if (isThisMachine(host))
    throw new Error('this machine is named localhost, where no deployment takes providers');
  await rehearse(directory, pgBouncer, nginx);
  print('✓ a first deploy is as docs/deployment.md says');
} catch (error) {
  print(`✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  for (const step of undo.toReversed()) await step();
  rmSync(directory, { recursive: true, force: true });
}
