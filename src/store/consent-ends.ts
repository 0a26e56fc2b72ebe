import { sql, type RawBuilder } from 'kysely';
import type { Queries } from './database.ts';

/** Notes that the customer set out to end a consent in Drop. */
export async function markEndAsked(queries: Queries, id: string, at: Date): Promise<void> {
  await queries.updateTable('bank_connections').set({ end_asked_at: at }).where('id', '=', id).execute();
}

/** When the end of a consent is no news to its customer. */
export interface ExpectedEnd {
  at: Date;
  /** The customer set out to end it after this time. */
  askedAfter: Date;
}

/** Whether the customer set out to end the consent lately, or has a newer active consent at the same bank. */
export async function isEndExpected(queries: Queries, id: string, when: ExpectedEnd): Promise<boolean> {
  const { rows } = await sql<{ isExpected: boolean }>`
    select ${expected(when)} as "isExpected" from bank_connections as consent where id = ${id}
  `.execute(queries);
  return rows[0]?.isExpected ?? true;
}

/** Of a `consent`. */
function expected({ at, askedAfter }: ExpectedEnd): RawBuilder<boolean> {
  return sql`(
    coalesce(consent.end_asked_at > ${askedAfter}, false) or exists (
      select from bank_connections as newer
      where newer.user_id = consent.user_id and newer.bank_id = consent.bank_id
        and newer.created_at > consent.created_at and newer.status = 'active' and newer.valid_until > ${at}
    )
  )`;
}

/** An active consent whose end is near, or has passed. */
export interface EndingConsent {
  id: string;
  userId: string;
  /** The least of the given numbers of days that covers the time left; 0 when none is left. */
  days: number;
  /** Whether the end is no news to the customer. */
  isExpected: boolean;
}

export interface EndingOptions extends ExpectedEnd {
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
  { at, days, endedAfter, limit, askedAfter }: EndingOptions,
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
    returning consent.id, consent.user_id as "userId", due.days, ${expected({ at, askedAfter })} as "isExpected"
  `.execute(queries);
  return rows;
}
