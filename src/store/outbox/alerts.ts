import { sql } from 'kysely';
import type { Queries } from '../database.ts';

/** Waiting alerts of one code with equal parameters. */
export interface WaitingAlerts {
  code: string;
  parameters: Record<string, unknown>;
  count: number;
  /** When the first of them was raised. */
  raisedAt: Date;
  /** The id of the first. */
  id: string;
  /** Those with a later sequence are not among them. */
  lastSequence: string;
  /** Whether each has gone to the log, and waits nevertheless. */
  isLogged: boolean;
}

/**
 * The alerts that wait: those of the highest rank first, then the oldest. `ranks` has the codes that this version of
 * Drop knows; others wait for a process that knows them.
 */
export async function waitingAlerts(
  queries: Queries,
  { ranks, limit }: { ranks: ReadonlyMap<string, number>; limit: number },
): Promise<WaitingAlerts[]> {
  const { rows } = await sql<WaitingAlerts>`
    select code, parameters, count(*)::integer as count, min(created_at) as "raisedAt",
      (array_agg(id order by sequence))[1] as id, max(sequence)::text as "lastSequence",
      bool_and(last_error is not null) as "isLogged"
    from outbox
    join unnest(${[...ranks.keys()]}::text[], ${[...ranks.values()]}::integer[]) as known (code, rank) using (code)
    where channel = 'alert' and status = 'waiting'
    group by code, parameters, rank
    order by rank desc, min(sequence)
    limit ${limit}
  `.execute(queries);
  return rows;
}

/** What became of alerts: `waiting` where the log has them and a channel is still to take them. */
export interface AlertOutcome {
  status: 'delivered' | 'dead' | 'waiting';
  at: Date;
  error?: string | undefined;
}

export async function settleAlerts(
  queries: Queries,
  alerts: readonly WaitingAlerts[],
  { status, at, error }: AlertOutcome,
): Promise<void> {
  const isOver = status !== 'waiting';
  for (const { code, parameters, lastSequence } of alerts)
    await sql`
      update outbox set status = ${status}, last_error = ${error ?? null}, attempts = attempts + 1,
        settled_at = ${isOver ? at : null}, due_at = ${isOver ? null : at}
      where channel = 'alert' and status = 'waiting' and code = ${code}
        and parameters = ${JSON.stringify(parameters)}::jsonb and sequence <= ${lastSequence}
    `.execute(queries);
}

/** Merges alerts with this fingerprint until `until`, and forgets those whose time is over at `now`. */
export async function mergeRepetitions(
  queries: Queries,
  repetition: { fingerprint: Buffer; until: Date },
  now: Date,
): Promise<void> {
  const { until } = repetition;
  await queries.deleteFrom('alert_repetitions').where('until', '<=', now).execute();
  await queries
    .insertInto('alert_repetitions')
    .values(repetition)
    .onConflict((conflict) => conflict.column('fingerprint').doUpdateSet({ until }))
    .execute();
}

/** Until when alerts with these fingerprints, in hexadecimal digits, are merged. */
export async function openRepetitions(queries: Queries, now: Date): Promise<Map<string, Date>> {
  const open = queries.selectFrom('alert_repetitions').selectAll().where('until', '>', now);
  return new Map(
    (await open.execute()).map(({ fingerprint, until }) => [fingerprint.toString('hex'), until]),
  );
}
