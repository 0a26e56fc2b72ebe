import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '#store/embedded-postgres.ts';
import { migrate } from '#store/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL server with the database `template`, migrated. */
    postgresUrl: string;
  }
}

/** One PostgreSQL server for the whole run; every test file takes databases of its own from it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'drop-test-'));
  // The server may run as another user, who must get there.
  await chmod(directory, 0o755);
  const server = await startEmbeddedPostgres(directory);
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query('create database template');
  await admin.end();
  const pool = new pg.Pool({ connectionString: server.url.replace(/\/postgres$/, '/template') });
  await migrate(pool);
  await pool.end();
  project.provide('postgresUrl', server.url);
  return async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
}
