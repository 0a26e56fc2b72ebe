import { sql } from 'kysely';
import type { Queries } from './database.ts';
import { sha256 } from './hash.ts';

/** A limit of the mails with a link to verify an address, in each period of the clock. */
export interface VerificationMailLimit {
  /** The customer's id or the mailbox; only its hash is stored. */
  counted: string;
  periodMs: number;
  mailsMax: number;
}

/** Counts a mail. If the limit is reached, nothing is counted, and the milliseconds to the next period are returned. */
export async function takeVerificationMail(
  queries: Queries,
  { counted, periodMs, mailsMax }: VerificationMailLimit,
  at: Date,
): Promise<number | undefined> {
  const since = Math.floor(at.getTime() / periodMs) * periodMs;
  const { rows } = await sql`
    insert into verification_mails (counted, since, mails) values (${sha256(counted)}, ${new Date(since)}, 1)
    on conflict (counted, since) do update set mails = verification_mails.mails + 1
      where verification_mails.mails < ${mailsMax}
    returning mails
  `.execute(queries);
  return rows.length > 0 ? undefined : since + periodMs - at.getTime();
}

/** Deletes the counts of periods that began before `before`. */
export async function purgeVerificationMails(queries: Queries, before: Date): Promise<void> {
  await queries.deleteFrom('verification_mails').where('since', '<', before).execute();
}
