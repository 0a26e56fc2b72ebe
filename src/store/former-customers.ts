import { sql } from 'kysely';
import { eraseSalts } from './audit/erase.ts';
import type { OpenTransaction, Queries } from './database.ts';
import { eraseKept } from './privacy/erase.ts';

/** Notes that a customer has left, which begins the time for which the law has data kept. */
export async function noteFormerCustomer(queries: Queries, userId: string, at: Date): Promise<void> {
  await queries
    .insertInto('former_customers')
    .values({ user_id: userId, gone_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Deletes what the law had kept of up to `limit` customers, and the salts of their entries in the audit trail: of
 * those whose closing says that nothing is kept any more, and without a closing of those who left before `before`. The
 * database refuses to delete verdicts within five years. `newSalt` makes tokens. Returns the number of customers.
 */
export async function purgeFormerCustomers(
  queries: OpenTransaction,
  { before, limit, at, newSalt }: { before: Date; limit: number; at: Date; newSalt: () => string },
): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select former.user_id as id from former_customers as former
    left join account_closures as closing on closing.user_id = former.user_id
    where case when closing.user_id is null then former.gone_at < ${before}
      else closing.done_at is not null and closing.kept_until < ${at} end
    order by former.gone_at limit ${limit}
  `.execute(queries);
  for (const { id: subject } of rows) {
    await eraseKept(queries, subject);
    await eraseSalts(queries, { subject, at, salt: newSalt() });
  }
  return rows.length;
}
