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
