import { sql } from 'kysely';
import type { Queries } from './database.ts';

/** Deletes the tokens of links that have expired by `at`. */
export async function purgeExpiredLinks(queries: Queries, at: Date): Promise<void> {
  await queries
    .updateTable('email_addresses')
    .set({ sealed_token: null })
    .where('token_expires_at', '<=', at)
    .where('sealed_token', 'is not', null)
    .execute();
}

/** Deletes addresses that were not verified, and whose link expired before `before`. */
export async function purgeUnverifiedAddresses(queries: Queries, before: Date): Promise<void> {
  await queries
    .deleteFrom('email_addresses')
    .where('status', '=', 'unverified')
    .where('token_expires_at', '<', before)
    .execute();
}

/** Deletes the former addresses to which no message waits to be sent. */
export async function purgeFormerAddresses(queries: Queries): Promise<void> {
  await sql`
    delete from email_addresses as address
    where status = 'former' and not exists (
      select from outbox
      where channel = 'mail' and status = 'waiting'
        -- The version before wrote the first form.
        and recipient in ('user:' || address.user_id, 'user:' || address.user_id || ' address:' || address.id)
        and parameters ->> 'addressId' = address.id::text
    )
  `.execute(queries);
}
