import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { postgresHome } from '#store/embedded/home.ts';
import { startEmbeddedPostgres } from '#store/embedded/postgres.ts';
import { migrate } from '#store/migrate.ts';
import { keepStatements, readStatements, recording } from './recorded-statements.ts';
import { newScratchDirectory } from './scratch.ts';

/** Set to keep the statements of a version that is released: docs/upgrade.md says how. */
const isRecording = process.env['RECORD_STATEMENTS'] === 'true';

/** A PostgreSQL server for tests, of which each takes databases of its own. */
export interface TestServer {
  url: string;
  /** Stops it, and forgets what it left on disk. */
  stop(): Promise<void>;
}

/** Nothing is synced: nobody looks at these databases after a crash. Tests of crashes have servers of their own. */
const unsynced = ['fsync = off', 'full_page_writes = off'];

/** Starts a server with the database `template`, migrated. */
export async function startTestServer(): Promise<TestServer> {
  const directory = await newScratchDirectory('drop-test-');
  const { url, stop } = await startEmbeddedPostgres(directory);
  await administer(
    url,
    ...unsynced.map((setting) => `alter system set ${setting}`),
    ...(isRecording ? recording : []),
    'select pg_reload_conf()',
    'create database template',
  );
  await migrate(addressOf('template', url));
  return {
    url,
    async stop() {
      if (isRecording)
        await keepStatements(addressOf('template', url), readStatements(await logOf(directory)));
      await stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A database on the server at `serverUrl`, empty; migrated unless `template` is a database that is not. */
export async function createTestDatabase(
  serverUrl: string,
  template: 'template' | 'template0' = 'template',
): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  // Copied as files, which without syncing takes a fraction of the time of copying through the log.
  await administer(serverUrl, `create database ${name} template ${template} strategy file_copy`);
  return {
    url: addressOf(name, serverUrl),
    drop: () => administer(serverUrl, `drop database ${name} with (force)`),
  };
}

async function logOf(directory: string): Promise<string> {
  const { clusterDirectory } = await postgresHome(directory);
  return readFile(join(clusterDirectory, 'server.log'), 'utf8');
}

function addressOf(database: string, serverUrl: string): string {
  return serverUrl.replace(/\/postgres$/, `/${database}`);
}

async function administer(serverUrl: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
