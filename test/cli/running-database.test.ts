import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '#store/database.ts';
import { postgresHome } from '#store/embedded/home.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#store/embedded/postgres.ts';
import { migrate } from '#store/migrate.ts';
import { testStore } from '../support/database.ts';
import { newScratchDirectory } from '../support/scratch.ts';
import { drop, type Ran } from './program.ts';

async function newDataDirectory(): Promise<string> {
  const directory = await newScratchDirectory('drop-running-');
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

interface Running {
  directory: string;
  server: EmbeddedPostgres;
  /** The server's `postmaster.pid`. */
  postmasterFile: string;
}

/** The embedded database of a running Drop. */
async function running(): Promise<Running> {
  const directory = await newDataDirectory();
  const server = await startEmbeddedPostgres(directory);
  onTestFinished(() => server.stop().catch(() => undefined));
  await migrate(server.url);
  const { clusterDirectory } = await postgresHome(directory);
  return { directory, server, postmasterFile: join(clusterDirectory, 'postmaster.pid') };
}

function count(directory: string, environment: Record<string, string> = {}): Promise<Ran> {
  return drop(['webhooks', 'count', '--json'], { DROP_DATA_DIR: directory, ...environment });
}

const nothingRuns = (directory: string): Ran => ({
  code: 1,
  output: '',
  errors: `No DATABASE_URL is set, and no Drop is running on ${directory}: set it, or start Drop.\n`,
});

test('the embedded database of a running Drop is found by its directory', async () => {
  const { directory } = await running();
  expect(await count(directory)).toEqual({ code: 0, output: '{}\n', errors: '' });
});

test.each(['secrets', 'national-ids'])('%s status has the keys of the sandbox that runs', async (command) => {
  const { directory } = await running();
  const variables = {
    DROP_ENVIRONMENT: 'sandbox',
    DROP_DATA_DIR: directory,
    NATIONAL_ID_HASH_KEY: randomBytes(32).toString('base64'),
  };
  await writeFile(join(directory, 'environment.json'), JSON.stringify(variables));
  const ran = await drop([command, 'status'], { DROP_DATA_DIR: directory });
  expect([ran.code, ran.errors]).toEqual([0, '']);
});

test('where a sandbox was started and its database has ended, it is said to be the database', async () => {
  const directory = await newDataDirectory();
  await writeFile(join(directory, 'environment.json'), '{"DROP_ENVIRONMENT":"sandbox"}');
  const { code, errors } = await count(directory);
  expect([code, errors]).toEqual([1, expect.stringContaining('The embedded database in')]);
  expect(errors).toContain('postgres/server.log, then stop Drop and start it again');
});

test('a missing or empty directory is reported as not running', async () => {
  expect(await count('/nonexistent/drop')).toEqual(nothingRuns('/nonexistent/drop'));
  const empty = await newDataDirectory();
  expect(await count(empty)).toEqual(nothingRuns(empty));
});

test('a stopped Drop is reported as not running, and nothing is started', async () => {
  const { directory, server, postmasterFile } = await running();
  await server.stop();
  expect(await count(directory)).toEqual(nothingRuns(directory));
  await expect(readFile(postmasterFile)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('the remains of a killed database are not treated as a running one', async () => {
  const { directory, postmasterFile } = await running();
  const left = await readFile(postmasterFile, 'utf8');
  process.kill(Number(left.split('\n')[0]), 'SIGKILL');
  // The system takes a moment to end the process.
  await expect.poll(() => count(directory)).toEqual(nothingRuns(directory));
  expect(await readFile(postmasterFile, 'utf8')).toBe(left);
});

test('a stale file whose process id is in use by another process leads to an error without waiting', async () => {
  const { directory, server, postmasterFile } = await running();
  const [, ...rest] = (await readFile(postmasterFile, 'utf8')).split('\n');
  await server.stop();
  await writeFile(postmasterFile, [process.pid, ...rest].join('\n'));
  const { code, output, errors } = await count(directory);
  await rm(postmasterFile);
  expect([code, output]).toEqual([1, '']);
  // Whether PostgreSQL's user can see that process depends on the user that runs the test.
  expect(errors).toMatch(/^No DATABASE_URL is set|leads to .* no server listens/);
});

test('a directory with other contents is not changed', async () => {
  const directory = await newDataDirectory();
  await mkdir(join(directory, 'postgres'));
  await writeFile(join(directory, 'postgres', 'PG_VERSION'), '18\n');
  expect(await count(directory)).toEqual(nothingRuns(directory));
});

test('DATABASE_URL takes precedence, also when it is read from a file', async () => {
  const { directory, server } = await running();
  const { url } = await testStore();
  const client = openStore(url);
  await client.pool.query(`
    insert into webhook_inbox (provider, deduplication_key, subject, event_type, raw_body, next_attempt_at, received_at)
    values ('other', '1', 's', 'e', '', now(), now())
  `);
  await client.close();
  const file = join(directory, 'database-url');
  await writeFile(file, `${url}\n`);
  const expected = '{"other":{"received":1,"handled":0,"dead":0}}\n';
  for (const environment of [{ DATABASE_URL: url }, { DATABASE_URL_FILE: file }])
    expect((await count(directory, environment)).output).toBe(expected);
  await server.stop();
});
