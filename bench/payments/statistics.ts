import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';

/** The work that a database has done. */
export interface Work {
  atMs: number;
  /** Transactions that ended, of which a statement by itself is one. */
  transactions: number;
  /** Without those that begin and end transactions. */
  statements: number;
  /** Of Drop's tables. */
  inserted: number;
  updated: number;
  /** How often the log was flushed to the disk, by which commits last. */
  flushes: number;
}

/** A backend that does nothing hands in what it has counted after ten seconds. */
const handedInMs = 11_000;

/** PostgreSQL has to load `pg_stat_statements`. */
export async function prepareStatistics(pool: pg.Pool): Promise<void> {
  await pool.query('create extension if not exists pg_stat_statements');
}

/** Waits until everything is counted, so nothing else may be under way. */
export async function readWork(pool: pg.Pool): Promise<Work> {
  await pause(handedInMs);
  const { rows } = await pool.query<Record<string, string>>(`
    select xact_commit as transactions,
      (select sum(calls) from pg_stat_statements where dbid = datid
        and query !~* '^(begin|start transaction|commit|rollback)'
        and query not like '%pg_stat_statements%') as statements,
      (select sum(n_tup_ins) from pg_stat_user_tables where schemaname = 'public') as inserted,
      (select sum(n_tup_upd) from pg_stat_user_tables where schemaname = 'public') as updated,
      (select sum(fsyncs) from pg_stat_io where object = 'wal') as flushes
    from pg_stat_database where datname = current_database()`);
  const counted = (name: string): number => Number(rows[0]?.[name] ?? 0);
  return {
    atMs: performance.now(),
    transactions: counted('transactions'),
    statements: counted('statements'),
    inserted: counted('inserted'),
    updated: counted('updated'),
    flushes: counted('flushes'),
  };
}

export type Counted = Omit<Work, 'atMs'>;
const counts = ['transactions', 'statements', 'inserted', 'updated', 'flushes'] as const;

/** For each of `times`, or for each second where that is not given. */
export function workBetween(before: Work, after: Work, times?: number): Counted {
  const by = times ?? (after.atMs - before.atMs) / 1_000;
  return mapped((name) => (after[name] - before[name]) / by);
}

/** Without what was going on anyway. */
export function without(done: Counted, idle: Counted, seconds: number): Counted {
  return mapped((name) => Math.max(0, done[name] - idle[name] * seconds));
}

function mapped(valueOf: (name: (typeof counts)[number]) => number): Counted {
  const [transactions, statements, inserted, updated, flushes] = counts.map(valueOf);
  if (flushes === undefined) throw new RangeError('there are five');
  return { transactions, statements, inserted, updated, flushes } as Counted;
}

const ticksPerSecond = 100;

/** Processor time of PostgreSQL with all its processes, also those that have ended, in milliseconds. */
export async function databaseProcessorMs(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  const [, postmaster = 0] = statOf(rows[0]?.pid ?? 0);
  const [own] = statOf(postmaster, 4);
  const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8').trim().split(' ');
  return children.reduce((sum, child) => sum + statOf(Number(child))[0], own);
}

/** Processor time in ms, and the parent; with four fields that of the children that have ended, too. */
function statOf(pid: number, fields: 2 | 4 = 2): [processorMs: number, parent: number] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const values = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const ticks = values.slice(11, 11 + fields).reduce((sum, each) => sum + each, 0);
    return [(ticks * 1_000) / ticksPerSecond, values[1] ?? 0];
  } catch {
    return [0, 0];
  }
}
