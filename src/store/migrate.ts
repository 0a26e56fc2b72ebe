import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type pg from 'pg';
import { DropError } from '#domain/errors.ts';

const directory = new URL('./migrations/', import.meta.url);
/** An arbitrary number; all processes of Drop must take the same lock. */
const lockNumber = 0x64726f70;

/**
 * Migrates the database to the newest schema, applying each missing file of `migrations/` in its own transaction. Safe
 * to run from any number of processes at once.
 *
 * @throws {DropError} `internal_error` when a file that was applied has been changed since.
 */
export async function migrate(pool: pg.Pool): Promise<string[]> {
  const files = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort();
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockNumber]);
    return await applyMissing(client, files);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [lockNumber]).catch(() => undefined);
    client.release();
  }
}

async function applyMissing(client: pg.PoolClient, files: string[]): Promise<string[]> {
  const exists = await client.query<{ exists: boolean }>(
    `select to_regclass('migrations') is not null as exists`,
  );
  if (exists.rows[0]?.exists !== true) {
    await client.query(
      'create table migrations (name text primary key, sha256 text not null, at timestamptz not null)',
    );
  }
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from migrations',
  );
  const applied = new Map(rows.map((row) => [row.name, row.sha256]));
  const done: string[] = [];
  for (const name of files) {
    const sql = await readFile(new URL(name, directory), 'utf8');
    const sha256 = createHash('sha256').update(sql).digest('hex');
    if (applied.has(name)) assertUnchanged(name, sha256, applied.get(name));
    else {
      await apply(client, { name, sql, sha256 });
      done.push(name);
    }
  }
  return done;
}

async function apply(
  client: pg.PoolClient,
  file: { name: string; sql: string; sha256: string },
): Promise<void> {
  await client.query('begin');
  try {
    await client.query(file.sql);
    await client.query('insert into migrations (name, sha256, at) values ($1, $2, now())', [
      file.name,
      file.sha256,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

function assertUnchanged(name: string, sha256: string, appliedSha256: string | undefined): void {
  if (sha256 === appliedSha256) return;
  const message = `migration ${name} was changed after it was applied; add a new file instead`;
  throw new DropError('internal_error', { message });
}
