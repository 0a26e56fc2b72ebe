import { sql } from 'kysely';
import type { Queries } from './database.ts';

/** Notes that the customer set out to end a consent in Drop. */
export async function markEndAsked(queries: Queries, id: string, at: Date): Promise<void> {
  await queries.updateTable('bank_connections').set({ end_asked_at: at }).where('id', '=', id).execute();
}

/** Whether the customer set out to end the consent after `since`, or has a newer active consent at the same bank. */
export async function isEndExpected(
  queries: Queries,
  id: string,
  { at, since }: { at: Date; since: Date },
): Promise<boolean> {
  const { rows } = await sql<{ isExpected: boolean }>`
    select coalesce(ended.end_asked_at > ${since}, false) or exists (
      select from bank_connections as newer
      where newer.user_id = ended.user_id and newer.bank_id = ended.bank_id
        and newer.created_at > ended.created_at and newer.status = 'active' and newer.valid_until > ${at}
    ) as "isExpected"
    from bank_connections as ended where id = ${id}
  `.execute(queries);
  return rows[0]?.isExpected ?? true;
}

/** An active consent whose end is near, or has passed. */
export interface EndingConsent {
  id: string;
  userId: string;
  /** The least of the given numbers of days that covers the time left; 0 when none is left. */
  days: number;
}

export interface EndingOptions {
  at: Date;
  /** The numbers of days before the end at which a consent is taken. */
  days: readonly number[];
  /** A consent that ended earlier is not taken. */
  endedAfter: Date;
  limit: number;
}

/**
 * Takes active consents, each once for each number of days before its end. A number of days that was reached before the
 * consent was begun does not count.
 */
export async function takeEndingConsents(
  queries: Queries,
  { at, days, endedAfter, limit }: EndingOptions,
): Promise<EndingConsent[]> {
  const latest = new Date(at.getTime() + Math.max(...days) * 86_400_000);
  const { rows } = await sql<EndingConsent>`
    with due as (
      select consent.id, reached.days
      from bank_connections as consent, lateral (
        select min(days) as days from unnest(${[0, ...days]}::integer[]) as days
        where consent.valid_until <= ${at}::timestamptz + days * interval '24 hours'
          and consent.created_at < consent.valid_until - days * interval '24 hours'
      ) as reached
      where consent.status = 'active' and consent.valid_until > ${endedAfter} and consent.valid_until <= ${latest}
        and (consent.told_days is null or consent.told_days > reached.days)
        and reached.days is not null
      order by consent.valid_until limit ${limit}
      for update of consent skip locked
    )
    update bank_connections as consent set told_days = due.days
    from due where consent.id = due.id
    returning consent.id, consent.user_id as "userId", due.days
  `.execute(queries);
  return rows;
}
