import { readdir, readFile } from 'node:fs/promises';
import type pg from 'pg';
import { migrate } from '#store/migrate.ts';
import { testStore } from './database.ts';

const directory = new URL('../../src/store/migrations/', import.meta.url);

/** A database as an earlier version of Drop left it, and the way to bring it to the newest. */
export interface OldDatabase {
  pool: pg.Pool;
  /** Applies what came after. */
  upgrade(): Promise<void>;
}

/** A database of the test's own whose newest migration is the one that begins with `number`, such as `0011`. */
export async function oldDatabase(number: string): Promise<OldDatabase> {
  const { pool, url } = await testStore();
  await pool.query('drop schema public cascade; create schema public');
  const files = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort();
  await pool.query(
    'create table migrations (name text primary key, sha256 text not null, at timestamptz not null)',
  );
  for (const name of files.filter((file) => file.slice(0, number.length) <= number)) {
    const text = await readFile(new URL(name, directory), 'utf8');
    await pool.query(text);
    await pool.query(
      `insert into migrations (name, sha256, at) values ($1, encode(sha256(convert_to($2, 'UTF8')), 'hex'), now())`,
      [name, text],
    );
  }
  return {
    pool,
    async upgrade() {
      await migrate(url);
    },
  };
}
