import { statusesWithoutMoney } from '#domain/payment/status.ts';
import type { Queries } from './database.ts';

/** A customer's own limits, in øre; null without one. */
export interface OwnLimits {
  paymentLimit: number | null;
  dayLimit: number | null;
}

export async function ownLimitsOf(queries: Queries, userId: string): Promise<OwnLimits> {
  return queries
    .selectFrom('users')
    .select(['payment_limit as paymentLimit', 'day_limit as dayLimit'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
}

/** What is undefined stays as it is. */
export async function saveOwnLimits(
  queries: Queries,
  userId: string,
  { paymentLimit, dayLimit }: { [Name in keyof OwnLimits]: OwnLimits[Name] | undefined },
): Promise<void> {
  if (paymentLimit === undefined && dayLimit === undefined) return;
  await queries
    .updateTable('users')
    .set({
      ...(paymentLimit !== undefined && { payment_limit: paymentLimit }),
      ...(dayLimit !== undefined && { day_limit: dayLimit }),
    })
    .where('id', '=', userId)
    .execute();
}

/**
 * The øre that the customer's other payments since then have moved, or still may. One that failed counts from when it
 * was sent again; one that was put aside can still be approved at the bank.
 */
export async function paidSince(
  queries: Queries,
  { id, userId, since }: { id: string; userId: string; since: Date },
): Promise<number> {
  const row = await queries
    .selectFrom('transactions')
    .select(({ fn }) => fn.sum<string | null>('amount').as('sum'))
    .where('id', '!=', id)
    .where('user_id', '=', userId)
    .where((where) => where.or([where('created_at', '>=', since), where('initiated_at', '>=', since)]))
    .where((where) =>
      where.or([where('status', 'not in', statusesWithoutMoney), where('contradicted_at', 'is not', null)]),
    )
    .executeTakeFirst();
  return Number(row?.sum ?? 0);
}
