import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import type pg from 'pg';
import type { Clock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import { openPool, type StatementLimits } from './connections.ts';
import type { Schema } from './schema.ts';

export type Database = Kysely<Schema>;
/** The pool, or the caller's transaction. */
export type Queries = Kysely<Schema> | Transaction<Schema>;

/** A transaction that its owner has begun and ends. */
export type OpenTransaction = Transaction<Schema>;

export interface Store {
  database: Database;
  pool: pg.Pool;
  /** For statements that may take minutes, such as purges. */
  maintenance: Database;
  url: string;
  /** Leads to PostgreSQL itself, where `url` is the address of a pooler. */
  directUrl: string;
  close(): Promise<void>;
}

const poolNames = { database: 'drop', maintenance: 'drop maintenance' };
const connectionsMax = { database: 20, maintenance: 2 };
const limitsDefault: Record<keyof typeof poolNames, StatementLimits> = {
  database: { statementMs: 10_000, answerMs: 12_000 },
  maintenance: { statementMs: 240_000, answerMs: 250_000 },
};

/** For commands of an operator, whose searches may take longer than a customer would wait. */
export const operatorLimits: StatementLimits = { statementMs: 60_000, answerMs: 65_000 };

export interface StoreOptions {
  /** PostgreSQL's own address; `url` unless given. */
  directUrl?: string | undefined;
  /** Limits of the statements other than maintenance. */
  limits?: StatementLimits;
}

/** Opens the pools. The first query connects. */
export function openStore(url: string, options: StoreOptions = {}): Store {
  const { directUrl = url, limits = limitsDefault.database } = options;
  const pool = openPool(url, {
    name: poolNames.database,
    connectionsMax: connectionsMax.database,
    ...limits,
  });
  const maintenancePool = openPool(directUrl, {
    name: poolNames.maintenance,
    connectionsMax: connectionsMax.maintenance,
    ...limitsDefault.maintenance,
  });
  const [database, maintenance] = [pool, maintenancePool].map(queriesOn) as [Database, Database];
  return {
    database,
    pool,
    maintenance,
    url,
    directUrl,
    async close() {
      await Promise.all([database.destroy(), maintenance.destroy()]);
    },
  };
}

function queriesOn(pool: pg.Pool): Database {
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}

const healthMsMax = 3_000;

/** Whether the database answers within three seconds; for the health report. */
export async function databaseAnswers(pool: pg.Pool, clock: Clock): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const limit = clock.schedule(healthMsMax, () => resolve(false));
  const answer = pool.query('select 1').then(
    () => true,
    () => false,
  );
  return Promise.race([answer, late]).finally(() => limit.cancel());
}

/**
 * Connections that broke or were refused, resources that have run out, statements that PostgreSQL ended for their time,
 * and locks that were not to be had in time (PostgreSQL, appendix A). PgBouncer reports its own limits as 08P01.
 */
const connectionFaults = /^(08|53|57|55P03)/;
const driverFaults =
  /Connection terminated|timeout exceeded when trying to connect|timeout expired|is not queryable/;
const systemFaults = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'ETIMEDOUT']);

/** Converts the driver's connection errors to `database_unavailable`; any other error is returned unchanged. */
export function databaseError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const isGone = connectionFaults.test(code) || systemFaults.has(code) || driverFaults.test(error.message);
  return isGone
    ? new DropError('database_unavailable', { message: 'PostgreSQL does not answer', cause: error })
    : error;
}

/**
 * Whether PostgreSQL refused a text that it cannot store: 22021 for U+0000 in `text`, 22P05 for U+0000 in `jsonb`
 * (PostgreSQL, appendix A, character_not_in_repertoire and untranslatable_character).
 */
export function isUnstorableText(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['22021', '22P05'].includes(String(error.code));
}
