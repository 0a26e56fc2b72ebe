import type pg from 'pg';
import type { Db, PgBoss } from 'pg-boss';
import type { Log } from '#usecases/context.ts';
import { openPool } from '#store/connections.ts';
import type { OpenTransaction } from '#store/database.ts';
import type { JobLimits } from '../port.ts';
import type { JobTiming } from '../timing.ts';

const schema = 'jobs';
const cleanUpSeconds = 3_600;
/** Flows are chains of jobs. Drop has none, so pg-boss may look for them rarely. */
const flowSeconds = 86_400;
const connection = { name: 'drop jobs', connectionsMax: 2, statementMs: 30_000, answerMs: 32_000 };
/** Heartbeats sent per `heartbeatSeconds`: a process that is busy for some seconds must not be taken for dead. */
const signsOfLife = 4;

/** The options of every queue, pg-boss's own included, so that no job stays bound to a process that has died. */
export function queueOptions(limits: JobLimits, timing: JobTiming) {
  return {
    heartbeatSeconds: timing.heartbeatSeconds,
    expireInSeconds: limits.runSecondsMax,
    retryLimit: limits.retriesMax,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: limits.retryDelaySecondsMax,
    deleteAfterSeconds: limits.keptSeconds,
  };
}

/** The options by which a process polls for jobs and sends heartbeats. */
export function workOptions(timing: JobTiming) {
  return {
    pollingIntervalSeconds: timing.pollSeconds,
    heartbeatRefreshSeconds: timing.heartbeatSeconds / signsOfLife,
  };
}

/** pg-boss with its connections. */
export interface Boss {
  boss: PgBoss;
  pool: pg.Pool;
  /** Has pg-boss work in a transaction of the caller's. */
  fromTransaction(transaction: OpenTransaction): Db;
  /**
   * Waits up to `graceMs` milliseconds for the runs in progress, returns the rest to the queue, and closes the
   * connections.
   */
  close(graceMs: number): Promise<void>;
}

/**
 * Whether the schema is there. PostgreSQL refuses `create schema if not exists` to a role that may not create schemas,
 * also where the schema exists: deploy/grants.sql makes it beforehand.
 */
async function hasSchema(pool: pg.Pool): Promise<boolean> {
  try {
    const { rowCount } = await pool.query('select from pg_namespace where nspname = $1', [schema]);
    return rowCount === 1;
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/**
 * pg-boss for the database at `url`, not started yet.
 *
 * @throws the driver's error when the database does not answer. Nothing is open then.
 */
export async function openBoss(url: string, { timing, log }: { timing: JobTiming; log: Log }): Promise<Boss> {
  const { PgBoss, fromKysely } = await import('pg-boss');
  // A pool of its own, so that heartbeats do not wait behind the requests of customers.
  const pool = openPool(url, connection);
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values) },
    schema,
    createSchema: !(await hasSchema(pool)),
    registerInstance: false,
    superviseIntervalSeconds: timing.superviseSeconds,
    monitorIntervalSeconds: timing.superviseSeconds,
    maintenanceIntervalSeconds: cleanUpSeconds,
    cronMonitorIntervalSeconds: timing.scheduleSeconds,
    cronWorkerIntervalSeconds: timing.forwardSeconds,
    flowIntervalSeconds: flowSeconds,
  });
  boss.on('error', (error) => log('error', 'scheduled work failed', { error }));
  boss.on('warning', ({ message }) => log('warn', 'scheduled work has a warning', { warning: message }));
  return {
    boss,
    pool,
    fromTransaction: fromKysely,
    close: (graceMs) => boss.stop({ graceful: graceMs > 0, timeout: graceMs }).finally(() => pool.end()),
  };
}
