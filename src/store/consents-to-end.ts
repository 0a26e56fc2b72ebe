import { sql } from 'kysely';
import type { Queries } from './database.ts';

/** A consent that has ended in Drop and not yet at its provider. */
export interface ConsentToEnd {
  id: string;
  userId: string;
  provider: string;
  bankId: string;
  reference: string;
}

/**
 * Notes that a consent is to be ended at its provider, from `dueAt` on. To be called in the transaction that ends the
 * consent, before that: the provider's secrets are then kept.
 */
export async function oweEnd(
  queries: Queries,
  id: string,
  { at, dueAt }: { at: Date; dueAt: Date },
): Promise<void> {
  await queries
    .insertInto('consents_to_end')
    .values({ connection_id: id, since: at, due_at: dueAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

interface Taking {
  at: Date;
  /** Consents at other providers are left. */
  providers: readonly string[];
  limit: number;
  againMinMs: number;
  againMaxMs: number;
}

/**
 * Takes consents that are due, each by one caller. They are due again after as long as they have waited already, within
 * the given bounds in milliseconds.
 */
export async function takeConsentsToEnd(queries: Queries, taking: Taking): Promise<ConsentToEnd[]> {
  const { at, providers, limit, againMinMs, againMaxMs } = taking;
  const { rows } = await sql<ConsentToEnd>`
    with due as (
      select owed.connection_id, owed.due_at from consents_to_end as owed
      join bank_connections as consent on consent.id = owed.connection_id
      where owed.due_at <= ${at} and consent.provider = any (${providers}::text[])
      order by owed.due_at limit ${limit} for update of owed skip locked
    ),
    taken as (
      update consents_to_end as owed set due_at = ${at}::timestamptz + least(
        greatest(${at}::timestamptz - owed.since, ${againMinMs} * interval '1 millisecond'),
        ${againMaxMs} * interval '1 millisecond'
      )
      from due where owed.connection_id = due.connection_id
      returning owed.connection_id, due.due_at
    )
    select consent.id, consent.user_id as "userId", consent.provider, consent.bank_id as "bankId",
      consent.consent_reference as reference
    from taken join bank_connections as consent on consent.id = taken.connection_id
    order by taken.due_at, consent.id
  `.execute(queries);
  return rows;
}

/** Notes that a consent has ended at its provider, and deletes its secrets; false when that was noted before. */
export async function noteEndAtProvider(queries: Queries, id: string): Promise<boolean> {
  const { rows } = await sql`
    with ended as (delete from consents_to_end where connection_id = ${id} returning connection_id),
    forgotten as (delete from provider_secrets where connection_id in (select connection_id from ended))
    select from ended
  `.execute(queries);
  return rows.length === 1;
}

/** Gives up consents whose time has passed, which ends them everywhere; those without one after `pendingMs`. */
export async function forgetOverConsentsToEnd(
  queries: Queries,
  { at, pendingMs }: { at: Date; pendingMs: number },
): Promise<void> {
  await sql`
    with over as (
      delete from consents_to_end as owed using bank_connections as consent
      where consent.id = owed.connection_id and coalesce(
        consent.valid_until, owed.since + ${pendingMs} * interval '1 millisecond'
      ) <= ${at}
      returning owed.connection_id
    )
    delete from provider_secrets where connection_id in (select connection_id from over)
  `.execute(queries);
}
