import { sql } from 'kysely';
import type { Queries } from '#store/database.ts';

/** Longer than any provider's `quarantineMs`. */
const longAgo = '25 hours';

/**
 * Makes the payments that no bank has answered so old that Drop takes them for absent, and has it look at them now. A
 * day cannot be waited for on the stage. Resolves with their number.
 */
export async function ageUnanswered(queries: Queries, now: Date): Promise<number> {
  const { numUpdatedRows } = await queries
    .updateTable('transactions')
    .set({ initiated_at: sql<Date>`initiated_at - ${longAgo}::interval`, due_at: now, wait_until: null })
    .where('status', '=', 'unknown')
    .where('payment_id', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
