import type pg from 'pg';
import { DropError } from '#domain/errors.ts';
import { levelOf, type MigrationFile } from './files.ts';

/** A migration that the database has. */
interface AppliedMigration {
  name: string;
  sha256: string;
  /** Absent where a version of Drop applied it that did not know of compatibility. */
  oldest_compatible?: string | null;
}

/**
 * The files that the database does not have yet.
 *
 * @throws {DropError} `configuration_invalid` when a newer version of Drop has migrated the database in a way that this
 *   version does not work with; `internal_error` when a file has been changed after it was applied.
 */
export async function missingMigrations(
  client: pg.ClientBase,
  files: readonly MigrationFile[],
): Promise<MigrationFile[]> {
  const applied = await readApplied(client);
  refuseNewerSchema(applied, files);
  const hashes = new Map(applied.map(({ name, sha256 }) => [name, sha256]));
  return files.filter(({ name, sha256 }) => {
    const appliedSha256 = hashes.get(name);
    if (appliedSha256 === undefined) return true;
    assertUnchanged(name, sha256, appliedSha256);
    return false;
  });
}

/** The names of the migrations that the database has, the oldest first. */
export async function appliedNames(client: pg.ClientBase): Promise<string[]> {
  return (await readApplied(client)).map(({ name }) => name);
}

/** As JSON, because the table may not have every column yet. */
async function readApplied(client: pg.ClientBase): Promise<AppliedMigration[]> {
  const table = await client.query<{ exists: boolean }>(
    `select to_regclass('migrations') is not null as exists`,
  );
  if (table.rows[0]?.exists !== true) return [];
  const { rows } = await client.query<{ migration: AppliedMigration }>(
    'select to_jsonb(migrations) as migration from migrations order by name',
  );
  return rows.map(({ migration }) => migration);
}

function refuseNewerSchema(applied: readonly AppliedMigration[], files: readonly MigrationFile[]): void {
  const known = new Set(files.map(({ name }) => name));
  const own = levelOf(files.at(-1)?.name ?? '');
  const unknown = applied.filter(({ name }) => !known.has(name));
  const refusing = unknown.filter(({ oldest_compatible: oldest }) => oldest == null || oldest > own);
  if (refusing.length === 0) return;
  const oldest = refusing
    .map((each) => each.oldest_compatible ?? levelOf(each.name))
    .sort()
    .at(-1);
  const message =
    `The database has been migrated by a newer version of Drop: ${refusing.map(({ name }) => name).join(', ')}. ` +
    `This version knows migrations up to ${own}; the database needs a version that knows ${oldest}. ` +
    'Start that version, or restore a backup from before the upgrade (docs/upgrade.md).';
  throw new DropError('configuration_invalid', { message });
}

function assertUnchanged(name: string, sha256: string, appliedSha256: string): void {
  if (sha256 === appliedSha256) return;
  const message = `migration ${name} was changed after it was applied; add a new file instead`;
  throw new DropError('internal_error', { message });
}
