import { assert, DropError } from '#domain/errors.ts';
import { isOutcomeUnknown } from '../errors.ts';
import type { Item } from '../wire.ts';
import type { MonitoringApi } from './api.ts';
import { idsOf, resolved, type Change } from './diff.ts';
import { matches } from './matches.ts';
import { placeOf } from './ownership.ts';
import type { Plan } from './plan.ts';
import { collectionOf, nameAttributeOf, type Kind } from './resource.ts';

/** Told before each change, for progress. `number` begins at 1. */
export type OnChange = (change: Change, at: { number: number; total: number }) => void;

/**
 * Makes the changes of a plan, one after the other. Ends at the first that fails; what was done before stays, and the
 * next plan goes on from there.
 */
export async function applyPlan(
  api: MonitoringApi,
  plan: Omit<Plan, 'findings'>,
  onChange: OnChange,
): Promise<void> {
  const ids = idsOf(plan.owned);
  const total = plan.changes.length;
  for (const [index, change] of plan.changes.entries()) {
    onChange(change, { number: index + 1, total });
    const id = await make(api, change, ids);
    if (id !== undefined) ids.set(placeOf(change.kind, change.key), id);
  }
}

/** Returns the id of what was created. */
async function make(
  api: MonitoringApi,
  change: Change,
  ids: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  switch (change.action) {
    case 'create': {
      const attributes = resolved(change.attributes, ids) as Record<string, unknown>;
      const { id } = await createOnce(api, change, { attributes, page: pageIn(ids) });
      return id;
    }
    case 'update': {
      const wanted = change.differences.map(({ attribute, to }) => [attribute, resolved(to, ids)]);
      const { id, kind, page } = change.actual;
      await api.update(collectionOf(kind, page), id, Object.fromEntries(wanted) as object);
      return undefined;
    }
    case 'delete':
      await api.remove(collectionOf(change.kind, change.actual.page), change.actual.id);
      return undefined;
  }
}

/**
 * A creation is never sent twice where BetterStack may have carried it out: what is there now is looked at, and if it
 * is not there, the operator applies again a little later, which begins by looking.
 */
async function createOnce(
  api: MonitoringApi,
  { kind, key }: Pick<Change, 'kind' | 'key'>,
  { attributes, page }: { attributes: Record<string, unknown>; page: string | undefined },
): Promise<Item> {
  const collection = collectionOf(kind, page);
  const isIt = (item: Item): boolean => isSame(kind, attributes, item);
  try {
    const made = await api.create(collection, attributes);
    if (isIt(made)) return made;
    throw doubtful(`BetterStack answered about something else than ${kind} ${key}`);
  } catch (error) {
    if (!isOutcomeUnknown(error)) throw error;
    const [found, ...more] = (await api.list(collection)).filter(isIt);
    if (found && more.length === 0) return found;
    throw doubtful(`whether ${kind} ${key} was created is not known`, error);
  }
}

function doubtful(message: string, cause?: unknown): DropError {
  return new DropError('provider_timeout', {
    message: `${message}: wait a minute and apply again, which looks first`,
    provider: 'better-stack',
    outcome: 'unknown',
    cause,
  });
}

/** Whether `item` is what `attributes` would create. */
function isSame(kind: Kind, attributes: Record<string, unknown>, item: Item): boolean {
  const identifying =
    kind === 'shown' ? ['resource_type', 'resource_id'] : kind === 'status_page' ? ['subdomain'] : [];
  const name = nameAttributeOf(kind);
  return [...identifying, ...(name === undefined ? [] : [name])].every((attribute) => {
    assert(attributes[attribute] !== undefined, `${attribute} of ${kind} is declared`);
    return matches(attribute, attributes[attribute], item.attributes[attribute]);
  });
}

/** The id of Drop's status page, once there is one. */
function pageIn(ids: ReadonlyMap<string, string>): string | undefined {
  return [...ids].find(([place]) => place.startsWith('status_page/'))?.[1];
}
