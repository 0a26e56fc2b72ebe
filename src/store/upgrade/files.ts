import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { assert } from '#domain/errors.ts';

const migrationsDirectory = new URL('../migrations/', import.meta.url);

/** A file of `migrations/`. */
export interface MigrationFile {
  /** Begins with its level, such as `0017`. */
  name: string;
  sql: string;
  sha256: string;
  /**
   * The level of the oldest version of Drop that works on the schema of this file, from its line
   * `-- oldest-compatible: 0016`. Undefined when only versions that know the file do.
   */
  oldestCompatible: string | undefined;
  /**
   * The statements of a file with the line `-- outside-transaction`, which are run one by one. Each must be repeatable,
   * since a run that was interrupted begins with the first one again.
   */
  statements: readonly string[] | undefined;
}

/** The level of a migration, by which versions are compared. */
export function levelOf(name: string): string {
  return name.slice(0, 4);
}

/** All migrations, the oldest first. */
export async function readMigrationFiles(directory = migrationsDirectory): Promise<MigrationFile[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => parseMigration(name, await readFile(new URL(name, directory), 'utf8'))),
  );
}

function parseMigration(name: string, sql: string): MigrationFile {
  const isOutside = /^-- outside-transaction$/m.test(sql);
  return {
    name,
    sql,
    sha256: createHash('sha256').update(sql).digest('hex'),
    oldestCompatible: /^-- oldest-compatible: (\d{4})$/m.exec(sql)?.[1],
    statements: isOutside ? statementsOf(name, sql) : undefined,
  };
}

function statementsOf(name: string, sql: string): string[] {
  const statements = sql
    .replaceAll(/^[ \t]*--.*$/gm, '')
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
  for (const statement of statements) {
    const isRepeatable = !createsIndex.test(statement) || indexBuiltBy(statement) !== undefined;
    assert(isRepeatable, `${name} says "create index concurrently if not exists <name>"`);
  }
  return statements;
}

const createsIndex = /^create\s+(unique\s+)?index\b/i;

/** The name of the index that a statement builds without locking its table; undefined for any other statement. */
export function indexBuiltBy(statement: string): string | undefined {
  return /^create\s+(?:unique\s+)?index\s+concurrently\s+if\s+not\s+exists\s+([a-z0-9_]+)\s/i.exec(
    statement,
  )?.[1];
}
