import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import pg from 'pg';
import { startEmbeddedPostgres } from '#store/embedded/postgres.ts';
import { migrate } from '#store/migrate.ts';
import { newScratchDirectory } from './scratch.ts';

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
    'select pg_reload_conf()',
    'create database template',
  );
  const pool = new pg.Pool({ connectionString: addressOf('template', url) });
  await migrate(pool);
  await pool.end();
  return {
    url,
    async stop() {
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
