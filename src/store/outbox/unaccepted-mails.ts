import { sql } from 'kysely';
import type { Queries } from '../database.ts';

/** Mails that no server has accepted so far, since the oldest of which no other was accepted either. */
export interface UnacceptedMails {
  mails: number;
  /** When the oldest was written. */
  since: Date;
  /** What went wrong with the oldest: a step of SMTP and codes. */
  reason: string;
}

/** Mails that wait after at least `attempts` attempts, unless a mail that is younger than the oldest was accepted. */
export async function unacceptedMails(
  queries: Queries,
  attempts: number,
): Promise<UnacceptedMails | undefined> {
  const { rows } = await sql<UnacceptedMails>`
    with unaccepted as (
      select created_at, last_error from outbox
      where channel = 'mail' and status = 'waiting' and attempts >= ${attempts} and last_error is not null
    ),
    oldest as (select * from unaccepted order by created_at limit 1)
    select (select count(*)::integer from unaccepted) as mails, created_at as since, last_error as reason
    from oldest where not exists (
      select from outbox as accepted
      where accepted.channel = 'mail' and accepted.status = 'delivered' and accepted.created_at >= oldest.created_at
    )
  `.execute(queries);
  return rows[0];
}
