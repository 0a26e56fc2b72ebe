import { sql } from 'kysely';
import type { OpenTransaction, Queries } from './database.ts';
import type { ErrorCause } from './tables/messages.ts';

/** Errors that were counted together. */
export interface ErrorTally {
  /** When the first of them may have been counted, and when the last was. */
  since: Date;
  lastAt: Date;
  errors: number;
  causes: readonly ErrorCause[];
  /** Some of the customers concerned. */
  customers: readonly string[];
}

/** An error spike, and its errors that have no tally any more. */
export type OpenSpike = Omit<ErrorTally, 'lastAt'> & { lastAt: Date | undefined };

/** Locks the row of the spike until the transaction ends. Undefined while there is none. */
export async function lockSpike(transaction: OpenTransaction): Promise<OpenSpike | undefined> {
  const row = await transaction.selectFrom('error_spike').selectAll().forUpdate().executeTakeFirstOrThrow();
  const { since, last_at: lastAt, errors, causes, customers } = row;
  return since === null ? undefined : { since, lastAt: lastAt ?? undefined, errors, causes, customers };
}

/** Whether there is a spike, with failures of a provider to answer among its latest errors. */
export async function isSpikeOf(queries: Queries, provider: string): Promise<boolean> {
  const cause = JSON.stringify([{ provider, isUnanswered: true }]);
  const found = await queries
    .selectFrom('error_spike')
    .innerJoin('error_tallies', (join) => join.onTrue())
    .select('error_tallies.second')
    .where('error_spike.since', 'is not', null)
    .where(sql<boolean>`error_tallies.causes @> ${cause}::jsonb`)
    .limit(1)
    .execute();
  return found.length > 0;
}

/** Begins, continues or ends the spike, whose row is locked. */
export async function writeSpike(transaction: OpenTransaction, spike: OpenSpike | undefined): Promise<void> {
  const { since = null, lastAt = null, errors = 0, causes = [], customers = [] } = spike ?? {};
  await transaction
    .updateTable('error_spike')
    .set({ since, last_at: lastAt, errors, causes: JSON.stringify(causes), customers: [...customers] })
    .execute();
}

/** Writes a process's tallies of whole seconds, in the place of what it wrote of them before. */
export async function writeTallies(
  queries: Queries,
  process: string,
  tallies: readonly ErrorTally[],
): Promise<void> {
  if (tallies.length === 0) return;
  await queries
    .insertInto('error_tallies')
    .values(
      tallies.map(({ since, lastAt, errors, causes, customers }) => ({
        second: since,
        process,
        last_at: lastAt,
        errors,
        causes: JSON.stringify(causes),
        customers: [...customers],
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['second', 'process']).doUpdateSet((row) => ({
        last_at: row.ref('excluded.last_at'),
        errors: row.ref('excluded.errors'),
        causes: row.ref('excluded.causes'),
        customers: row.ref('excluded.customers'),
      })),
    )
    .execute();
}

/** The tallies with an error after `since`. */
export async function recentTallies(queries: Queries, since: Date): Promise<ErrorTally[]> {
  const rows = await queries.selectFrom('error_tallies').selectAll().where('last_at', '>', since).execute();
  return rows.map(tallyOf);
}

/** Deletes and returns the tallies without an error after `since`. */
export async function takeOldTallies(queries: Queries, since: Date): Promise<ErrorTally[]> {
  const rows = await queries
    .deleteFrom('error_tallies')
    .where('last_at', '<=', since)
    .returningAll()
    .execute();
  return rows.map(tallyOf);
}

function tallyOf(row: {
  second: Date;
  last_at: Date;
  errors: number;
  causes: ErrorCause[];
  customers: string[];
}): ErrorTally {
  const { second: since, last_at: lastAt, errors, causes, customers } = row;
  return { since, lastAt, errors, causes, customers };
}
