import { listOperatorActs, type ActFilters, type ActPlace, type OperatorAct } from '#store/operator-acts.ts';
import type { OperatorContext } from './context.ts';

export interface ActPage {
  entries: OperatorAct[];
  /** The act after which the next page begins; undefined on the last page. */
  nextAfter: ActPlace | undefined;
}

/** What operators did, the newest first. A former customer's acts are found by the id, too. */
export async function searchActs(
  { store }: OperatorContext,
  filters: ActFilters,
  limit: number,
): Promise<ActPage> {
  const found = await listOperatorActs(store.database, filters, limit + 1);
  const entries = found.slice(0, limit);
  return { entries, nextAfter: found.length > limit ? entries.at(-1) : undefined };
}
