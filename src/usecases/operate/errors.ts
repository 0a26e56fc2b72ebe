import { DropError } from '#domain/errors.ts';
import {
  findErrorGroup,
  listErrorGroups,
  resolveErrorGroup,
  type ErrorFilters,
  type KeptErrorGroup,
} from '#store/error-groups.ts';
import type { OperatorContext } from './context.ts';
import { pageOf, type Page } from './page.ts';
import { recordAct, type Actor } from './record-act.ts';

/**
 * The groups of logged errors, the one with the newest error first.
 *
 * @throws {DropError} `not_found` for a page after a group that does not exist.
 */
export async function searchErrors(
  context: OperatorContext,
  filters: ErrorFilters,
  limit: number,
): Promise<Page<KeptErrorGroup>> {
  if (filters.after !== undefined) await showError(context, filters.after);
  return pageOf(await listErrorGroups(context.store.database, filters, limit + 1), limit);
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
  context: OperatorContext,
  { id, ...actor }: { id: number } & Actor,
): Promise<void> {
  const resolved = { id, at: context.clock.now(), actorName: actor.actorName };
  await context.store.database.transaction().execute(async (transaction) => {
    if (!(await resolveErrorGroup(transaction, resolved))) throw noSuchGroup(id);
    await recordAct(transaction, context, { ...actor, act: 'resolved errors', about: `group ${id}` });
  });
}

function noSuchGroup(id: number): DropError {
  return new DropError('not_found', { message: `There is no group of errors ${id}.` });
}
