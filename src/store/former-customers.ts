import type { Queries } from './database.ts';

/**
 * Deletes what is kept of up to `limit` customers who have gone before `before`: the verdicts on them, and that they
 * were customers. The database refuses to delete any of it within five years. Returns how many there were.
 */
export async function purgeFormerCustomers(
  queries: Queries,
  { before, limit }: { before: Date; limit: number },
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
  return gone.length;
}
