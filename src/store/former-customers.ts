import { eraseSalts } from './audit/erase.ts';
import type { OpenTransaction } from './database.ts';

/**
 * Deletes the retained records (verdict changes and the record of having been a customer) of up to `limit` customers
 * who left before `before`, and the salts of their entries in the audit trail. The database refuses to delete them
 * within five years. `newSalt` makes tokens. Returns the number of customers.
 */
export async function purgeFormerCustomers(
  queries: OpenTransaction,
  { before, limit, at, newSalt }: { before: Date; limit: number; at: Date; newSalt: () => string },
): Promise<number> {
  const rows = await queries
    .selectFrom('former_customers')
    .select('user_id')
    .where('gone_at', '<', before)
    .orderBy('gone_at')
    .limit(limit)
    .execute();
  const gone = rows.map((row) => row.user_id);
  if (gone.length === 0) return 0;
  await queries.deleteFrom('kyc_verdict_changes').where('user_id', 'in', gone).execute();
  await queries.deleteFrom('former_customers').where('user_id', 'in', gone).execute();
  for (const subject of gone) await eraseSalts(queries, { subject, at, salt: newSalt() });
  return gone.length;
}
