import pg from 'pg';
import type { PgBoss } from 'pg-boss';
import type { Log } from '#usecases/context.ts';
import type { JobTiming } from './timing.ts';

/** Finished jobs are looked at when something went wrong lately. */
const keptSeconds = 3_600;
/** Flows are chains of jobs; Drop has none, so the look for them may be rare. */
const flowSeconds = 86_400;
/** So that a process which is busy for some seconds is not taken for dead. */
const signsOfLife = 4;

/** What every queue has, pg-boss's own included, so that no job is bound to a process for longer than it lives. */
export function queueOptions(timing: JobTiming) {
  return {
    heartbeatSeconds: timing.heartbeatSeconds,
    expireInSeconds: timing.runSecondsMax,
    retryLimit: timing.retriesMax,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: timing.retryDelaySecondsMax,
    deleteAfterSeconds: keptSeconds,
  };
}

/** How a process asks for jobs, and says that it is at one. */
export function workOptions(timing: JobTiming) {
  return {
    pollingIntervalSeconds: timing.pollSeconds,
    heartbeatRefreshSeconds: timing.heartbeatSeconds / signsOfLife,
  };
}

/** pg-boss with its connections. */
export interface Boss {
  boss: PgBoss;
  /** Waits up to `graceMs` milliseconds for the runs in hand, gives the rest back, and closes the connections. */
  close(graceMs: number): Promise<void>;
}

/** pg-boss for the database at `url`; it is not started, and has not connected. */
export async function createBoss(
  url: string,
  { timing, log }: { timing: JobTiming; log: Log },
): Promise<Boss> {
  const { PgBoss } = await import('pg-boss');
  const pool = openPool(url);
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values) },
    schema: 'jobs',
    registerInstance: false,
    superviseIntervalSeconds: timing.superviseSeconds,
    monitorIntervalSeconds: timing.superviseSeconds,
    maintenanceIntervalSeconds: keptSeconds,
    cronMonitorIntervalSeconds: timing.scheduleSeconds,
    cronWorkerIntervalSeconds: timing.forwardSeconds,
    flowIntervalSeconds: flowSeconds,
  });
  boss.on('error', (error) => log('error', 'scheduled work failed', { error }));
  boss.on('warning', ({ message }) => log('warn', 'scheduled work has a warning', { warning: message }));
  return {
    boss,
    close: (graceMs) => boss.stop({ graceful: graceMs > 0, timeout: graceMs }).finally(() => pool.end()),
  };
}

/** Connections of their own, so that signs of life do not wait behind customers. */
function openPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'drop jobs',
    max: 2,
    connectionTimeoutMillis: 5_000,
    // A connection that broke without a word would otherwise hold up every job until the system notices.
    query_timeout: 30_000,
    keepAlive: true,
  });
  // What breaks a connection is reported by the next query. Unheard it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
