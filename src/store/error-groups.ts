import { sql } from 'kysely';
import { allOf } from './conditions.ts';
import type { OpenTransaction, Queries } from './database.ts';

/** Errors of one group that one process has logged since it last wrote. */
export interface Sighting {
  fingerprint: string;
  title: string;
  name: string;
  code: string | undefined;
  place: string;
  errors: number;
  firstAt: Date;
  lastAt: Date;
  release: string;
  example: ErrorExample;
}

export interface ErrorExample {
  message: string;
  stack: readonly string[];
  about: Readonly<Record<string, string>>;
}

export interface KeptErrorGroup {
  id: number;
  title: string;
  name: string;
  code: string | null;
  place: string;
  errors: number;
  firstAt: Date;
  firstRelease: string;
  lastAt: Date;
  lastRelease: string;
  example: ErrorExample;
  resolvedAt: Date | null;
  resolvedBy: string | null;
}

/**
 * Adds errors to their group. `news` says whether operators should hear of it: a group that they were not told of stays
 * new.
 */
export async function addSighting(
  transaction: OpenTransaction,
  sighting: Sighting,
  quietMs: number,
): Promise<{ id: number; news: 'new' | 'returned' | undefined }> {
  const before = await transaction
    .selectFrom('error_groups')
    .select(['last_at', 'resolved_at', 'is_told'])
    .where('fingerprint', '=', sighting.fingerprint)
    .forUpdate()
    .executeTakeFirst();
  const { rows } = await sql<{ id: number; isNew: boolean }>`
    insert into error_groups as kept
      (fingerprint, title, name, code, place, errors, first_at, first_release, last_at, last_release, example)
    values (${sighting.fingerprint}, ${sighting.title}, ${sighting.name}, ${sighting.code ?? null},
      ${sighting.place}, ${sighting.errors}, ${sighting.firstAt}, ${sighting.release}, ${sighting.lastAt},
      ${sighting.release}, ${JSON.stringify(sighting.example)})
    on conflict (fingerprint) do update set errors = kept.errors + excluded.errors,
      last_at = greatest(kept.last_at, excluded.last_at), last_release = excluded.last_release,
      example = excluded.example,
      resolved_at = case when kept.resolved_at > excluded.last_at then kept.resolved_at end,
      resolved_by = case when kept.resolved_at > excluded.last_at then kept.resolved_by end
    returning id, xmax = 0 as "isNew"
  `.execute(transaction);
  const { id = 0, isNew = false } = rows[0] ?? {};
  if (isNew || before?.is_told === false) return { id, news: 'new' };
  return { id, news: before && hasReturned(before, sighting, quietMs) ? 'returned' : undefined };
}

/** Whether operators have heard of a group, or it is gone. Locks its row until the transaction ends. */
export async function isToldGroup(transaction: OpenTransaction, id: number): Promise<boolean> {
  const row = await transaction
    .selectFrom('error_groups')
    .select('is_told')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row?.is_told ?? true;
}

/** Notes whether operators have heard of a group. */
export async function noteTold(transaction: OpenTransaction, id: number, isTold: boolean): Promise<void> {
  await transaction.updateTable('error_groups').set({ is_told: isTold }).where('id', '=', id).execute();
}

interface Former {
  last_at: Date;
  resolved_at: Date | null;
}

function hasReturned(
  { last_at: lastAt, resolved_at: resolvedAt }: Former,
  sighting: Sighting,
  quietMs: number,
): boolean {
  if (resolvedAt !== null) return sighting.lastAt > resolvedAt;
  return sighting.firstAt.getTime() - lastAt.getTime() >= quietMs;
}

const columns = [
  'id',
  'title',
  'name',
  'code',
  'place',
  'errors',
  'first_at as firstAt',
  'first_release as firstRelease',
  'last_at as lastAt',
  'last_release as lastRelease',
  'example',
  'resolved_at as resolvedAt',
  'resolved_by as resolvedBy',
] as const;

/** An operator's search filters; an absent filter matches everything. */
export interface ErrorFilters {
  /** The latest error is at or after. */
  since?: Date | undefined;
  /** The first error is before: the group may have gone on since then. */
  until?: Date | undefined;
  /** Those that an operator has resolved, too. */
  all?: boolean | undefined;
  /** The number of the group after which the page begins. */
  after?: number | undefined;
}

/** The groups whose latest error is the newest. */
export async function listErrorGroups(
  queries: Queries,
  { since, until, all = false, after }: ErrorFilters,
  limit: number,
): Promise<KeptErrorGroup[]> {
  const lastAt = sql`(select last_at from error_groups where id = ${after})`;
  const conditions = allOf([
    [since, sql`last_at >= ${since}`],
    [until, sql`first_at < ${until}`],
    [all ? undefined : true, sql`resolved_at is null`],
    [after, sql`last_at <= ${lastAt} and (last_at < ${lastAt} or id < ${after})`],
  ]);
  return queries
    .selectFrom('error_groups')
    .select(columns)
    .where(conditions)
    .orderBy('last_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .$castTo<KeptErrorGroup>()
    .execute();
}

export async function findErrorGroup(queries: Queries, id: number): Promise<KeptErrorGroup | undefined> {
  return queries
    .selectFrom('error_groups')
    .select(columns)
    .where('id', '=', id)
    .$castTo<KeptErrorGroup>()
    .executeTakeFirst();
}

/** Whether there was such a group. */
export async function resolveErrorGroup(
  queries: Queries,
  { id, at, actorName }: { id: number; at: Date; actorName: string },
): Promise<boolean> {
  const { numUpdatedRows } = await queries
    .updateTable('error_groups')
    .set({ resolved_at: at, resolved_by: actorName })
    .where('id', '=', id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Deletes groups without an error since `before`. */
export async function purgeOldErrorGroups(queries: Queries, before: Date): Promise<void> {
  await queries.deleteFrom('error_groups').where('last_at', '<', before).execute();
}
