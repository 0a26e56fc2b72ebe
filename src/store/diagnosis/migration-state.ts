import { appliedNames, missingMigrations } from '../upgrade/applied.ts';
import { readMigrationFiles } from '../upgrade/files.ts';
import { onConnection } from './on-connection.ts';

/** The migrations of a database, compared with the files of this version. */
export interface MigrationState {
  applied: number;
  missing: readonly string[];
  /** Applied by a newer version of Drop; this version works with them. */
  newer: readonly string[];
}

/**
 * Compares, and changes nothing.
 *
 * @throws {DropError} `configuration_invalid` when this version does not work with the schema of a newer one;
 *   `internal_error` when an applied file has been changed.
 */
export async function migrationState(url: string): Promise<MigrationState> {
  const files = await readMigrationFiles();
  const known = new Set(files.map(({ name }) => name));
  return onConnection(url, async (client) => {
    const missing = await missingMigrations(client, files);
    const applied = await appliedNames(client);
    return {
      applied: applied.length,
      missing: missing.map(({ name }) => name),
      newer: applied.filter((name) => !known.has(name)),
    };
  });
}
