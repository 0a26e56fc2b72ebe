import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { assert, DropError } from '#domain/errors.ts';
import type { Schema } from './schema.ts';

export type Database = Kysely<Schema>;
/** The pool, or the caller's transaction. */
export type Queries = Kysely<Schema> | Transaction<Schema>;

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

/** Opens the pool. The first query connects. */
export function openStore(url: string): Store {
  const pool = new pg.Pool({
    connectionString: url,
    max: connectionsMax,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    application_name: 'drop',
    keepAlive: true,
  });
  // An idle connection that breaks is replaced by the next query, which reports the fault if there still is one.
  pool.on('error', () => undefined);
  // A connection that breaks between two statements of a transaction must not end the process: the next statement
  // reports the fault.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const database = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return { database, pool, url, close: () => database.destroy() };
}

/** Whether the database answers; for the health report. */
export async function databaseAnswers(pool: pg.Pool): Promise<boolean> {
  return pool.query('select 1').then(
    () => true,
    () => false,
  );
}

const connectionFaults = /^(08|57P0)/;
const systemFaults = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'ETIMEDOUT']);

/** Converts the driver's connection errors to `database_unavailable`; any other error is returned unchanged. */
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

/** Whether PostgreSQL refused the data of the statement: a value that it cannot store, or a violated constraint. */
export function isFaultOfData(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^2[23]/.test(String(error.code));
}

/**
 * Whether PostgreSQL refused a text that it cannot store: 22021 for U+0000 in `text`, 22P05 for U+0000 in `jsonb`
 * (PostgreSQL, appendix A, character_not_in_repertoire and untranslatable_character).
 */
export function isUnstorableText(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['22021', '22P05'].includes(String(error.code));
}
