import { sql } from 'kysely';
import { appendEntries } from './audit/append.ts';
import type { Queries } from './database.ts';

/**
 * An operator's access to personal data: a `search` that found the customer, the reading of a customer's `data`, or of
 * a `webhook_body`.
 */
export interface CustomerAccess {
  /** Null for a search that found no customer, and for a webhook of an unknown customer. */
  userId: string | null;
  actorName: string;
  what: 'search' | 'data' | 'webhook_body';
  /** The kind of thing that was searched for, or the id of the webhook. */
  subject: string;
  why: string;
  at: Date;
}

const kind = 'customer_access';

/** Records an access, and its entry in the audit trail. `salt` is a new token. */
export async function logCustomerAccess(
  queries: Queries,
  { userId, actorName, what, subject, why, at }: CustomerAccess,
  salt: string,
): Promise<void> {
  const row = { user_id: userId, actor_name: actorName, what, subject, why, at };
  const inserting = sql`${queries
    .insertInto('customer_access_log')
    .values(row)
    .returning(sql`id::text`.as('row'))}`;
  const of = userId === null ? {} : { subject: userId };
  await appendEntries(queries, [{ chain: `${kind}:`, kind, recorded: [row], ...of, at, salt }], inserting);
}

/** The accesses to a customer's data, the newest first. */
export async function customerAccessesOf(
  queries: Queries,
  userId: string,
  limit: number,
): Promise<CustomerAccess[]> {
  return queries
    .selectFrom('customer_access_log')
    .select(['user_id as userId', 'actor_name as actorName', 'what', 'subject', 'why', 'at'])
    .where('user_id', '=', userId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** Deletes entries before `before`. The database refuses to delete any that is less than five years old. */
export async function purgeOldCustomerAccesses(queries: Queries, before: Date): Promise<void> {
  await queries.deleteFrom('customer_access_log').where('at', '<', before).execute();
}
