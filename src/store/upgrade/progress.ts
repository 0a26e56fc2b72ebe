import type pg from 'pg';
import type { Clock } from '#domain/clock.ts';

/** What a migration of the database is doing. Times are in milliseconds. */
export type MigrationProgress =
  | { step: 'waiting_for_process'; waitedMs: number }
  | { step: 'begun'; migration: string }
  | { step: 'waiting_for_lock'; migration: string; waitedMs: number; transactions: OldTransaction[] }
  | { step: 'applied'; migration: string; tookMs: number };

/** A transaction that has been open for long, and may hold the lock that a migration waits for. */
export interface OldTransaction {
  pid: number;
  application: string;
  openSeconds: number;
}

/** How a migration waits and reports. */
export interface MigrationRun {
  client: pg.ClientBase;
  clock: Clock;
  onProgress: (progress: MigrationProgress) => void;
  /** How long to wait for locks, or for another process, before giving up. */
  patienceMs: number;
}

/** One line for the log or the terminal. */
export function describeProgress(progress: MigrationProgress): string {
  switch (progress.step) {
    case 'waiting_for_process':
      return `waiting for another process that migrates the database, for ${inSeconds(progress.waitedMs)}`;
    case 'begun':
      return `migration ${progress.migration} begins`;
    case 'waiting_for_lock':
      return `migration ${progress.migration} waits for a lock, for ${inSeconds(progress.waitedMs)}`;
    case 'applied':
      return `migration ${progress.migration} is applied, after ${inSeconds(progress.tookMs)}`;
  }
}

function inSeconds(durationMs: number): string {
  return `${(durationMs / 1_000).toFixed(1)} s`;
}

const transactionsMax = 3;

/** The transactions that have been open for longest. PostgreSQL shows an ordinary user its own only. */
export async function oldTransactions({ client }: MigrationRun): Promise<OldTransaction[]> {
  const { rows } = await client.query<OldTransaction>(
    `select pid, application_name as application, extract(epoch from now() - xact_start)::integer as "openSeconds"
    from pg_stat_activity
    where xact_start is not null and pid <> pg_backend_pid() and datname = current_database()
    order by xact_start limit ${transactionsMax}`,
  );
  return rows;
}

/** Waits for `durationMs` milliseconds. */
export async function pause(clock: Clock, durationMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  clock.schedule(durationMs, () => resolve(undefined), { keepsAlive: true });
  await promise;
}
