import type { PaymentStatus } from '#domain/payment/status.ts';
import type { Queries } from './database.ts';

/** A bank reports an order for a later day as one or the other. */
const waiting = ['authorised', 'scheduled'] as const satisfies readonly PaymentStatus[];

export interface ScheduledPayment {
  id: string;
  userId: string;
}

interface ScheduledOptions {
  /** The day in Norway for which they were ordered, `YYYY-MM-DD`. */
  day: string;
  orderedBefore: Date;
  /** The last payment of the batch before. */
  after: string | undefined;
  limit: number;
}

/**
 * The approved payments that a bank is to carry out on a day, by their ids. Each is locked, so that it is not called
 * off meanwhile; one that is in hand elsewhere is left out. `due_at` keeps the search to those that are not over.
 */
export async function lockScheduledPayments(
  queries: Queries,
  { day, orderedBefore, after, limit }: ScheduledOptions,
): Promise<ScheduledPayment[]> {
  return queries
    .selectFrom('transactions')
    .select(['id', 'user_id as userId'])
    .where('due_at', 'is not', null)
    .where('status', 'in', waiting)
    .where('execution_date', '=', day)
    .where('created_at', '<', orderedBefore)
    .$if(after !== undefined, (query) => query.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
}
