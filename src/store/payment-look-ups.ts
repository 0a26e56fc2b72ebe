import type { LookUp } from '#domain/payment/look-up.ts';
import type { Queries } from './database.ts';

/** Keeps the result of the last look-up with the payment. */
export async function keepLookUp(queries: Queries, id: string, lookUp: LookUp, at: Date): Promise<void> {
  await queries
    .updateTable('transactions')
    .set({ looked_up_at: at, look_up: JSON.stringify(lookUp) })
    .where('id', '=', id)
    .execute();
}

/** Those of `references` that are a provider's ids of payments of Drop. */
export async function knownReferences(
  queries: Queries,
  provider: string,
  references: readonly string[],
): Promise<ReadonlySet<string>> {
  if (references.length === 0) return new Set();
  const rows = await queries
    .selectFrom('transactions')
    .select('payment_id')
    .where('provider', '=', provider)
    .where('payment_id', 'in', references)
    .execute();
  return new Set(rows.flatMap(({ payment_id: reference }) => reference ?? []));
}
