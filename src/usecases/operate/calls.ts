import { DropError } from '#domain/errors.ts';
import {
  findCall,
  listCalls,
  type CallFilters,
  type KeptCall,
  type ListedCall,
} from '#store/outbound-call-search.ts';
import type { OperatorContext } from './context.ts';
import { pageOf, type Page } from './page.ts';

/** Calls to providers of the last 14 days, the newest first, without what is kept of their bodies. */
export async function searchCalls(
  { store }: OperatorContext,
  filters: CallFilters,
  limit: number,
): Promise<Page<ListedCall>> {
  return pageOf(await listCalls(store.database, filters, limit + 1), limit);
}

/**
 * One call, with what is kept of its bodies.
 *
 * @throws {DropError} `not_found`.
 */
export async function showCall({ store }: OperatorContext, id: number): Promise<KeptCall> {
  const call = await findCall(store.database, id);
  if (call) return call;
  throw new DropError('not_found', { message: `There is no call ${id}. Calls are kept for 14 days.` });
}
