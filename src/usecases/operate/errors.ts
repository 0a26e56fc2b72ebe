import { DropError } from '#domain/errors.ts';
import {
  findErrorGroup,
  listErrorGroups,
  resolveErrorGroup,
  type ErrorFilters,
  type KeptErrorGroup,
} from '#store/error-groups.ts';
import type { OperatorContext } from './context.ts';

export interface ErrorPage {
  entries: KeptErrorGroup[];
  /** The group after which the next page begins; undefined on the last page. */
  nextAfter: number | undefined;
}

/**
 * The groups of logged errors, the one with the newest error first.
 *
 * @throws {DropError} `not_found` for a page after a group that does not exist.
 */
export async function searchErrors(
  context: OperatorContext,
  filters: ErrorFilters,
  limit: number,
): Promise<ErrorPage> {
  if (filters.after !== undefined) await showError(context, filters.after);
  const found = await listErrorGroups(context.store.database, filters, limit + 1);
  const entries = found.slice(0, limit);
  return { entries, nextAfter: found.length > limit ? entries.at(-1)?.id : undefined };
}

/** @throws {DropError} `not_found`. */
export async function showError({ store }: OperatorContext, id: number): Promise<KeptErrorGroup> {
  const found = await findErrorGroup(store.database, id);
  if (!found) throw noSuchGroup(id);
  return found;
}

/**
 * Notes that the cause is gone: the next error of the group is alerted as one that has returned.
 *
 * @throws {DropError} `not_found`.
 */
export async function resolveError(
  { store, clock }: OperatorContext,
  { id, actorName }: { id: number; actorName: string },
): Promise<void> {
  if (!(await resolveErrorGroup(store.database, { id, at: clock.now(), actorName }))) throw noSuchGroup(id);
}

function noSuchGroup(id: number): DropError {
  return new DropError('not_found', { message: `There is no group of errors ${id}.` });
}
