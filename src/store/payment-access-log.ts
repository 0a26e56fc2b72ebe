import { sql } from 'kysely';
import { appendEntries } from './audit/append.ts';
import type { Queries } from './database.ts';

/** An operator's act on a payment: `timeline` was read, or its bank was asked for a `reading`. */
export interface PaymentAccess {
  paymentId: string;
  userId: string;
  actorName: string;
  what: 'timeline' | 'reading';
  why: string;
  at: Date;
}

/** Records an operator's act, and its entry in the audit trail. `salt` is a new token. */
export async function logPaymentAccess(queries: Queries, access: PaymentAccess, salt: string): Promise<void> {
  const { paymentId, userId, actorName, what, why, at } = access;
  const row = { payment_id: paymentId, user_id: userId, actor_name: actorName, what, why, at };
  const inserting = sql`${queries
    .insertInto('payment_access_log')
    .values(row)
    .returning(sql`id::text`.as('row'))}`;
  const kind = 'payment_access';
  await appendEntries(
    queries,
    [{ chain: `${kind}:`, kind, recorded: [row], subject: userId, at, salt }],
    inserting,
  );
}

/** Deletes entries before `before`. The database refuses to delete any that is less than five years old. */
export async function purgeOldPaymentAccesses(queries: Queries, before: Date): Promise<void> {
  await queries.deleteFrom('payment_access_log').where('at', '<', before).execute();
}
