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
  gathered: GatheredErrors;
}

/** The errors that an open alert took in. */
export interface GatheredErrors {
  /** Those that customers met. */
  errors: number;
  /** The groups of logged errors that began or returned meanwhile. */
  groups: readonly number[];
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
    .returning(gatheredColumns)
    .execute();
}

const gatheredColumns = sql<GatheredErrors>`
  jsonb_build_object('errors', gathered_errors, 'groups', gathered_groups)
`.as('gathered');

/** An open alert by its kind and by what it concerns. */
export type AlertName = Pick<OpenAlert, 'key' | 'subject'>;

/** The names of the open alerts of these kinds. */
export async function openAlertsOf(queries: Queries, keys: readonly string[]): Promise<AlertName[]> {
  return queries.selectFrom('open_alerts').select(['key', 'subject']).where('key', 'in', keys).execute();
}

/** Adds errors to an open alert. */
export async function gatherErrors(
  queries: Queries,
  { key, subject }: AlertName,
  { errors, groups }: GatheredErrors,
): Promise<void> {
  await queries
    .updateTable('open_alerts')
    .set({
      gathered_errors: sql`gathered_errors + ${errors}`,
      gathered_groups: sql`case when gathered_groups @> ${groups}::integer[] then gathered_groups
        else gathered_groups || ${groups}::integer[] end`,
    })
    .where('key', '=', key)
    .where('subject', '=', subject)
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
