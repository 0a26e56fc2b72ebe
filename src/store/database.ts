import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { assert, DropError } from '#domain/errors.ts';
import type { Schema } from './schema.ts';

export type Database = Kysely<Schema>;
/** What a query runs on: the pool, or a transaction of the caller's. */
export type Queries = Kysely<Schema> | Transaction<Schema>;

/** A transaction that its owner has begun and ends. */
export type OpenTransaction = Transaction<Schema>;

export interface Store {
  database: Database;
  pool: pg.Pool;
  url: string;
  close(): Promise<void>;
}

const connectionsMax = 20;
const connectTimeoutMs = 5_000;
const statementTimeoutMs = 15_000;

// bigint columns hold øre and row numbers, both far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text);
  assert(Number.isSafeInteger(value), 'no bigint column holds more than 2^53');
  return value;
});

/** Opens the pool. Does not connect yet: the first query does. */
export function openStore(url: string): Store {
  const pool = new pg.Pool({
    connectionString: url,
    max: connectionsMax,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    application_name: 'drop',
    keepAlive: true,
  });
  // An idle connection that breaks is replaced at the next query, which then reports the fault where it matters.
  pool.on('error', () => undefined);
  // Nor may one that breaks between two statements of a transaction end the process: the next statement reports it.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const database = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return { database, pool, url, close: () => database.destroy() };
}

/** Whether the database answers; used by health. */
export async function databaseAnswers(pool: pg.Pool): Promise<boolean> {
  return pool.query('select 1').then(
    () => true,
    () => false,
  );
}

const connectionFaults = /^(08|57P0)/;
const systemFaults = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'ETIMEDOUT']);

/** Turns the driver's "cannot reach PostgreSQL" into `database_unavailable`; everything else stays as it is. */
export function databaseError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const isGone =
    connectionFaults.test(code) ||
    systemFaults.has(code) ||
    /Connection terminated|timeout exceeded when trying to connect/.test(error.message);
  return isGone
    ? new DropError('database_unavailable', { message: 'PostgreSQL does not answer', cause: error })
    : error;
}

/** Whether PostgreSQL refused what the statement holds (a byte it cannot store, a broken constraint), not the work. */
export function isFaultOfData(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^2[23]/.test(String(error.code));
}

/**
 * Whether PostgreSQL refused a text that it cannot hold: 22021 for U+0000 in `text`, 22P05 for U+0000 in `jsonb`
 * (PostgreSQL, appendix A, character_not_in_repertoire and untranslatable_character).
 */
export function isUnstorableText(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['22021', '22P05'].includes(String(error.code));
}
