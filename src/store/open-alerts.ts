import { sql } from 'kysely';
import type { Queries } from './database.ts';

/** A condition that operators are alerted to, and that is not over. */
export interface OpenAlert {
  /** The kind of the alert. */
  key: string;
  subject: string;
  /** What the alert was written with; no personal data. */
  parameters: object;
  /** A condition that reaches another stage is alerted again. */
  stage: number;
  raisedAt: Date;
}

export interface EndedAlert extends OpenAlert {
  /** Since when the condition has not held. */
  endedAt: Date;
}

/**
 * Stores that a condition holds. True for the one caller that has to alert: the condition is new, or at another stage.
 * Of several processes at once, only one is told so.
 */
export async function openAlert(queries: Queries, alert: OpenAlert): Promise<boolean> {
  const { key, subject, stage, raisedAt } = alert;
  const parameters = JSON.stringify(alert.parameters);
  const { rows } = await sql<{ isNew: boolean }>`
    insert into open_alerts as open (key, subject, parameters, stage, raised_at)
    values (${key}, ${subject}, ${parameters}::jsonb, ${stage}, ${raisedAt})
    on conflict (key, subject) do update
      set stage = excluded.stage, parameters = excluded.parameters, calm_since = null
      where open.stage <> excluded.stage
    returning true as "isNew"
  `.execute(queries);
  return rows.length > 0;
}

/** Notes that conditions hold still, so that their calm begins anew. */
export async function stayOpen(queries: Queries, key: string, subjects: readonly string[]): Promise<void> {
  if (subjects.length === 0) return;
  await queries
    .updateTable('open_alerts')
    .set({ calm_since: null })
    .where('key', '=', key)
    .where('subject', 'in', subjects)
    .where('calm_since', 'is not', null)
    .execute();
}

/**
 * Notes that the conditions of a kind hold no longer, but for `exceptFor`. Removes and returns those for which that has
 * lasted for `calmMs` milliseconds. Of several processes at once, only one gets each.
 */
export async function calmAlerts(
  queries: Queries,
  key: string,
  { exceptFor, at, calmMs }: { exceptFor: readonly string[]; at: Date; calmMs: number },
): Promise<EndedAlert[]> {
  const others = sql<boolean>`key = ${key} and subject <> all (${[...exceptFor]}::text[])`;
  const calmBefore = new Date(at.getTime() - calmMs);
  await queries
    .updateTable('open_alerts')
    .set({ calm_since: at })
    .where(others)
    .where('calm_since', 'is', null)
    .execute();
  return queries
    .deleteFrom('open_alerts')
    .where(others)
    .where('calm_since', '<=', calmBefore)
    .returning(['key', 'subject', 'parameters', 'stage', 'raised_at as raisedAt'])
    .returning(sql<Date>`calm_since`.as('endedAt'))
    .execute();
}

/** Removes conditions without a notice, as when another kind of alert takes their place. */
export async function forgetAlerts(
  queries: Queries,
  key: string,
  subjects: readonly string[],
): Promise<void> {
  if (subjects.length === 0) return;
  const all = queries.deleteFrom('open_alerts').where('key', '=', key);
  await all.where('subject', 'in', subjects).execute();
}

/** What the conditions of a kind that are not over concern. */
export async function openSubjects(queries: Queries, key: string): Promise<string[]> {
  const open = queries.selectFrom('open_alerts').select('subject').where('key', '=', key);
  const rows = await open.orderBy('subject').execute();
  return rows.map(({ subject }) => subject);
}

/** How many conditions of each kind are not over. */
export async function countOpenAlerts(queries: Queries): Promise<{ key: string; count: number }[]> {
  return queries
    .selectFrom('open_alerts')
    .select(({ fn }) => ['key', fn.countAll<number>().as('count')])
    .groupBy('key')
    .execute();
}
