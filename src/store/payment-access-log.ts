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

export async function logPaymentAccess(queries: Queries, access: PaymentAccess): Promise<void> {
  await queries
    .insertInto('payment_access_log')
    .values({
      payment_id: access.paymentId,
      user_id: access.userId,
      actor_name: access.actorName,
      what: access.what,
      why: access.why,
      at: access.at,
    })
    .execute();
}

/** Deletes entries before `before`. The database refuses to delete any that is less than five years old. */
export async function purgeOldPaymentAccesses(queries: Queries, before: Date): Promise<void> {
  await queries.deleteFrom('payment_access_log').where('at', '<', before).execute();
}
