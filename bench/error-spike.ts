import { setTimeout as pause } from 'node:timers/promises';
import { migrate } from '../src/store/migrate.ts';
import { openStore, type Store } from '../src/store/database.ts';
import { startNode, type Child } from './children.ts';
import type { Comparison, Readings } from './harness.ts';

const processes = 4;
/** How long a second alert is waited for. */
const watchedMs = 3_000;

export const spikeTitle = 'Error spike';
export const flood = '10,000 errors in a second';
const few = '8 errors in a second';

async function begin(store: Store, errors: number): Promise<Child[]> {
  await store.pool.query(`
    truncate outbox, error_tallies, alert_repetitions;
    update error_spike set since = null;
    update alert_delivery set held_until = 'epoch', slot_at = 'epoch', paused_until = 'epoch'
  `);
  const environment = { DATABASE_URL: store.url, ERRORS: `${errors / processes}` };
  const children = Array.from({ length: processes }, () =>
    startNode(['bench/error-spike-process.ts'], environment),
  );
  await Promise.all(children.map((child) => child.line((line) => line === 'ready')));
  return children;
}

/** Transactions of the database since it was made. Other databases of the server do not count. */
async function transactions({ pool }: Store): Promise<number> {
  await pool.query('select pg_stat_clear_snapshot()');
  const { rows } = await pool.query<{ count: number }>(
    'select xact_commit + xact_rollback as count from pg_stat_database where datname = current_database()',
  );
  return rows[0]?.count ?? 0;
}

async function sample(store: Store, errors: number): Promise<Readings> {
  const children = await begin(store, errors);
  const before = await transactions(store);
  const startedAt = performance.now();
  for (const { pid } of children) process.kill(pid, 'SIGUSR2');
  await Promise.race(children.map((child) => child.line((line) => line.startsWith('alert'))));
  const alertMs = performance.now() - startedAt;
  await pause(watchedMs - alertMs);
  const seconds = (performance.now() - startedAt) / 1_000;
  const perSecond = ((await transactions(store)) - before) / seconds;
  await Promise.all(children.map((child) => child.stop()));
  const alerts = children.flatMap(({ lines }) => lines).filter((line) => line.startsWith('alert'));
  return { alerts: alerts.length, 'ms until the alert': alertMs, 'transactions/s': perSecond };
}

/** Errors in four processes become one alert, and their number costs the database nothing. */
export async function errorSpikeBench(options: {
  rounds: number;
  databaseUrl: string;
}): Promise<{ comparisons: Comparison[]; stop: () => Promise<void> }> {
  const { rounds, databaseUrl } = options;
  await migrate(databaseUrl);
  const store = openStore(databaseUrl);
  const comparison: Comparison = {
    title: spikeTitle,
    method:
      `${processes} processes count errors of different customers, each its share within a second, and deliver ` +
      `alerts; Slack is left out and accepts at once. Watched for ${watchedMs / 1_000} s, with all that the ` +
      'processes ask of the database meanwhile.',
    unit: '',
    baseline: few,
    warmups: 1,
    rounds,
    subjects: [
      { name: few, sample: () => sample(store, 8) },
      { name: flood, sample: () => sample(store, 10_000) },
    ],
  };
  return { comparisons: [comparison], stop: () => store.close() };
}
