import type { EarlierConsent } from '#domain/routing/decide.ts';
import type { Queries } from '../database.ts';

/** Where the customer has or had consents, the last begun first; those that never came about do not count. */
export async function earlierConsents(queries: Queries, userId: string): Promise<EarlierConsent[]> {
  const rows = await queries
    .selectFrom('bank_connections')
    .select(['provider', 'bank_key'])
    .where('user_id', '=', userId)
    .where('status', 'in', ['active', 'expired', 'revoked'])
    .groupBy(['provider', 'bank_key'])
    .orderBy(({ fn }) => fn.max('created_at'), 'desc')
    .execute();
  return rows.map((row) => ({ provider: row.provider, bank: row.bank_key ?? undefined }));
}
