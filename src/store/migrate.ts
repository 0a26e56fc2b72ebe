import type pg from 'pg';
import { systemClock } from '#domain/clock.ts';
import { openConnection, endConnection } from './connections.ts';
import { applyMigration, prepareTable } from './upgrade/apply.ts';
import { missingMigrations } from './upgrade/applied.ts';
import { readMigrationFiles, type MigrationFile } from './upgrade/files.ts';
import type { MigrationRun } from './upgrade/progress.ts';
import { takeTurn } from './upgrade/turn.ts';

export interface MigrateOptions extends Partial<Omit<MigrationRun, 'client'>> {
  /** The folder of the files; `migrations/` unless given. */
  directory?: URL;
}

/** A migration rewrites or scans whole tables; only a dead connection takes longer. */
const answerMs = 4 * 3_600_000;
const patienceMsDefault = 1_800_000;

/**
 * Migrates the database at `url`, which must not be the address of a pooler, to the newest schema. Applies each missing
 * file in a transaction of its own, or outside of one where the file says so. Safe to run from any number of processes
 * at once, also while others serve. Returns the names of the applied files.
 *
 * @throws {DropError} `configuration_invalid` when a newer version has migrated the database; `internal_error` when an
 *   applied file has been changed; `database_unavailable` when a lock was not free for half an hour.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<string[]> {
  return onConnection(url, options, async (client, files) => {
    if ((await missingMigrations(client, files)).length === 0) return [];
    const { clock = systemClock, onProgress = () => undefined, patienceMs = patienceMsDefault } = options;
    return applyMissing({ client, clock, onProgress, patienceMs }, files);
  });
}

/** The names of the files that the database at `url` does not have. Changes nothing, and throws as `migrate` does. */
export async function listMissing(url: string, options: MigrateOptions = {}): Promise<string[]> {
  return onConnection(url, options, async (client, files) =>
    (await missingMigrations(client, files)).map(({ name }) => name),
  );
}

async function applyMissing(run: MigrationRun, files: readonly MigrationFile[]): Promise<string[]> {
  const { client } = run;
  await client.query('set statement_timeout = 0');
  // A statement of a process that has died would otherwise go on, and keep the next one from its turn.
  await client.query(`set client_connection_check_interval = '2s'`).catch(() => undefined);
  await takeTurn(run);
  await prepareTable(run);
  const missing = await missingMigrations(client, files);
  for (const file of missing) await applyMigration(run, file);
  return missing.map(({ name }) => name);
}

async function onConnection<Result>(
  url: string,
  { directory }: MigrateOptions,
  work: (client: pg.Client, files: MigrationFile[]) => Promise<Result>,
): Promise<Result> {
  const files = await readMigrationFiles(directory);
  const client = openConnection(url, { name: 'drop migrations', answerMs });
  try {
    await client.connect();
    return await work(client, files);
  } finally {
    await endConnection(client);
  }
}
