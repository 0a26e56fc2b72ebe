import type { Alert } from '#domain/alert-text.ts';
import type { Store } from '#store/database.ts';
import type { AlertKey } from '#usecases/alerts/kinds.ts';
import { alertOf } from '#usecases/alerts/text.ts';

/** The alerts that were raised, oldest first, as operators are to see them. */
export async function raisedAlerts({ store }: { store: Pick<Store, 'database'> }): Promise<Alert[]> {
  const rows = await store.database
    .selectFrom('outbox')
    .select(['code', 'parameters'])
    .where('channel', '=', 'alert')
    .orderBy('sequence')
    .execute();
  return rows.map(({ code, parameters }) => alertOf(code as AlertKey, parameters as never));
}

/** The alerts that were raised since this was last called, oldest first. */
export function newAlerts(context: { store: Pick<Store, 'database'> }): () => Promise<Alert[]> {
  let seen = 0;
  return async () => {
    const fresh = (await raisedAlerts(context)).slice(seen);
    seen += fresh.length;
    return fresh;
  };
}
