// `npm run rehearse-restore`: fills a database by the sandbox, dumps it and restores it into another as docs/backup.md
// says, runs the checks of that page, and starts Drop on the copy, where the customer and the payment must be.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { Journey } from '#cli/journey.ts';
import { readMemory } from '#sandbox/memory-file.ts';
import { startSandbox } from './rehearsal/sandbox.ts';
import { findPostgres, howToGetPostgres, startServer, type Server } from './rehearsal/server.ts';
import { print } from './steps.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Each ends with an error if the database is not what it was, or a key is not its own. */
const checks = [
  ['national-ids', 'status'],
  ['secrets', 'status'],
  ['audit', 'verify'],
];

async function timed<Result>(what: string, work: () => Promise<Result> | Result): Promise<Result> {
  const startedAt = performance.now();
  const result = await work();
  print(`✓ ${what} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
  return result;
}

/** As an operator prepares the database of a first deploy: one role owns the tables, another one serves. */
async function prepare(server: Server): Promise<void> {
  const admin = new pg.Client({ connectionString: server.urlOf('drop') });
  await admin.connect();
  await admin.query(readFileSync(join(root, 'deploy/grants.sql'), 'utf8'));
  await admin.end();
  execFileSync(process.execPath, ['bin/drop.js', 'migrate'], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: server.urlOf('drop', 'drop_migrate') },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
}

/** One customer of the sandbox signs in, is verified, links a bank and pays. */
async function fill(url: string, dataDirectory: string): Promise<void> {
  const sandbox = await startSandbox(url, dataDirectory);
  const journey = new Journey(sandbox.origin);
  await journey.complete().finally(() => journey.close());
  await sandbox.stop();
}

/** The customer signs in again, is still verified and linked, and pays. */
async function goOn(url: string, dataDirectory: string): Promise<void> {
  const sandbox = await startSandbox(url, dataDirectory);
  const journey = new Journey(sandbox.origin);
  try {
    await journey.signIn();
    if ((await journey.verify()) !== 'already approved')
      throw new Error('the customer is not verified any more');
    await journey.linkBank();
    await journey.pay();
    await journey.approve();
    await journey.awaitSettlement();
  } finally {
    await journey.close();
    await sandbox.stop();
  }
}

/** Rows by table, but of those that a start itself writes. */
async function rowsOf(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows: tables } = await client.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  );
  const counts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await client.query<{ count: string }>(
      `select count(*) from ${client.escapeIdentifier(name)}`,
    );
    counts.push(`${name} ${rows[0]?.count}`);
  }
  await client.end();
  return counts.join('\n');
}

async function rehearse(server: Server, directory: string): Promise<void> {
  const [from, to] = [server.urlOf('drop'), server.urlOf('restored')];
  const dataDirectory = join(directory, 'sandbox');
  const dump = join(directory, 'server', 'drop.dump');
  server.run('createdb', '--maintenance-db', server.urlOf('postgres'), 'drop');
  await timed('the two roles of deploy/grants.sql, and the migrations', () => prepare(server));
  await timed('the sandbox filled a database', () => fill(server.urlOf('drop', 'drop_app'), dataDirectory));
  const before = await rowsOf(from);
  await timed('pg_dump', () => server.run('pg_dump', '--format=custom', `--file=${dump}`, from));
  print(`  ${statSync(dump).size} bytes, ${before.split('\n').length} tables`);
  await timed('restored into another database', () => {
    server.run('createdb', '--maintenance-db', server.urlOf('postgres'), 'restored');
    server.run('pg_restore', '--exit-on-error', `--dbname=${to}`, dump);
  });
  if ((await rowsOf(to)) !== before) throw new Error('the copy has other numbers of rows');
  // The keys come from elsewhere than the dump; that of encryption is in the code, in the sandbox.
  const { hashKey } = readMemory(join(dataDirectory, 'sandbox.json'), print);
  const env = {
    ...process.env,
    DROP_ENVIRONMENT: 'sandbox',
    DATABASE_URL: server.urlOf('restored', 'drop_app'),
    NATIONAL_ID_HASH_KEY: hashKey,
  };
  for (const words of checks)
    await timed(`npx drop ${words.join(' ')}`, () => {
      execFileSync(process.execPath, ['bin/drop.js', ...words], {
        cwd: root,
        env,
        stdio: ['ignore', 'inherit', 'inherit'],
      });
    });
  await timed('Drop starts on the copy, and the customer pays', () =>
    goOn(server.urlOf('restored', 'drop_app'), dataDirectory),
  );
}

const bin = findPostgres();
if (bin === undefined) {
  print(howToGetPostgres);
  process.exit(1);
}
const directory = mkdtempSync(join(tmpdir(), 'drop-restore-'));
chmodSync(directory, 0o755);
try {
  const server = await startServer(bin, directory);
  await rehearse(server, directory).finally(server.stop);
  print('✓ what was dumped can be restored, and Drop works on it');
} catch (error) {
  print(`✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
