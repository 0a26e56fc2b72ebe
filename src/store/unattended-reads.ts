import { sql } from 'kysely';
import type { Queries } from './database.ts';

/**
 * Takes one of the `max` unattended readings of an account since a time; false where they are used up. However many
 * processes ask, no more than `max` are given, because each waits for the row of the account. An earlier version does
 * not write the column, so its readings are not counted.
 */
export async function takeUnattendedRead(
  queries: Queries,
  { accountId, at, since, max }: { accountId: string; at: Date; since: Date; max: number },
): Promise<boolean> {
  const recent = sql`array(select read_at from unnest(unattended_reads_at) as read_at where read_at > ${since})`;
  const { rows } = await sql`
    update bank_accounts set unattended_reads_at = ${recent} || ${at}::timestamptz
    where id = ${accountId} and cardinality(${recent}) < ${max}
    returning id
  `.execute(queries);
  return rows.length === 1;
}
