import { sql, type RawBuilder } from 'kysely';
import type { Queries } from './database.ts';

/**
 * Whether the customer has a newer consent at the same bank: an active one that was begun after `begunAfter`, or one
 * that was begun after `pendingAfter` and that the bank may have granted while Drop waits for the customer's return.
 */
export async function hasNewerConsent(
  queries: Queries,
  id: string,
  { at, begunAfter, pendingAfter }: { at: Date; begunAfter: Date; pendingAfter: Date },
): Promise<boolean> {
  const { rows } = await sql`
    select from bank_connections as ended join bank_connections as newer on newer.user_id = ended.user_id
    where ended.id = ${id} and newer.id <> ended.id and newer.created_at >= ended.created_at
      and (newer.bank_id, newer.provider) = (ended.bank_id, ended.provider)
      and (
        newer.status = 'active' and newer.created_at > ${begunAfter} and newer.valid_until > ${at}
        or newer.status = 'pending' and newer.created_at > ${pendingAfter}
      )
    limit 1
  `.execute(queries);
  return rows.length > 0;
}

/** When the last of the customer's other active consents at the same bank and provider ends. */
export async function endOfOthers(
  queries: Queries,
  { id, userId, provider, bankId }: { id: string; userId: string; provider: string; bankId: string },
): Promise<Date | undefined> {
  const row = await queries
    .selectFrom('bank_connections')
    .select(({ fn }) => fn.max('valid_until').as('end'))
    .where('user_id', '=', userId)
    .where('provider', '=', provider)
    .where('bank_id', '=', bankId)
    .where('status', '=', 'active')
    .where('id', '!=', id)
    .executeTakeFirst();
  return row?.end ?? undefined;
}

/**
 * The customer's active consents among one and those that renew it, one after the other; each is locked. The caller has
 * locked the customer (`lockUser`), so that no renewal is given meanwhile.
 */
export async function activeInLine(
  queries: Queries,
  { id, userId, except }: { id: string; userId: string; except: string },
): Promise<{ id: string; provider: string }[]> {
  const { rows } = await sql<{ id: string; provider: string }>`
    with recursive line as (
      select id from bank_connections where id = ${id} and user_id = ${userId}
      union
      select later.id from line join bank_connections as later on later.renews = line.id
      where later.user_id = ${userId}
    )
    select id, provider from bank_connections
    where id in (select id from line) and id <> ${except} and status = 'active'
    order by id for update
  `.execute(queries);
  return rows;
}

/** Whether every account of a consent is reached by another one that is active. */
export async function areAccountsReached(queries: Queries, id: string, at: Date): Promise<boolean> {
  const { rows } = await sql<{ areReached: boolean }>`
    select ${areReached(sql`other.valid_until > ${at}`)} as "areReached"
    from bank_connections as consent where consent.id = ${id}
  `.execute(queries);
  return rows[0]?.areReached ?? true;
}

/** Whether every account of a `consent` is reached by an active `other` one of which `condition` holds. */
function areReached(condition: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql`not exists (
    select from bank_account_consents as own
    where own.connection_id = consent.id and not exists (
      select from bank_account_consents as reached join bank_connections as other on other.id = reached.connection_id
      where reached.account_id = own.account_id and other.id <> consent.id and other.status = 'active'
        and ${condition}
    )
  )`;
}

/** An active consent whose end is near, or has passed. */
export interface EndingConsent {
  id: string;
  userId: string;
  /** The least of the given numbers of days that covers the time left; 0 when none is left. */
  days: number;
  /** Whether another consent reaches every account for longer, so that its end is no news. */
  areReached: boolean;
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
  const isLater = sql`(other.valid_until, other.created_at) > (consent.valid_until, consent.created_at)`;
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
    ),
    taken as (
      update bank_connections as consent set told_days = due.days
      from due where consent.id = due.id
      returning consent.id, consent.user_id as "userId", due.days, consent.valid_until,
        ${areReached(sql`${isLater} and other.valid_until > ${at}`)} as "areReached"
    )
    select id, "userId", days, "areReached" from taken order by valid_until, id
  `.execute(queries);
  return rows;
}
