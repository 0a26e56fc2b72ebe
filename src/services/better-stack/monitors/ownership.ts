import { companyName, shownKey } from './declared.ts';
import {
  nameAttributeOf,
  namePrefix,
  shownTypes,
  type Actual,
  type Kind,
  type ShownKind,
} from './resource.ts';

/** What exists, sorted by its owner. */
export interface Owned {
  /** Drop's own, by kind and key. More than one of a key is a fault. */
  own: Map<string, Actual[]>;
  /** Everybody else's, which Drop never changes. */
  foreign: Actual[];
}

/** The place of a kind and key in maps. */
export function placeOf(kind: Kind, key: string): string {
  return `${kind}/${key}`;
}

/**
 * Sorts by owner. `subdomain` is that of Drop's status page. What a status page shows is Drop's where the page is, and
 * the monitor or heartbeat too: people may add others to the page.
 */
export function sortByOwner(actuals: readonly Actual[], subdomain: string): Owned {
  const own = new Map<string, Actual[]>();
  const foreign: Actual[] = [];
  const ownKeys = new Map<string, string>();
  const ownPages = new Set<string>();
  const ordered = actuals.toSorted(
    (left, right) => Number(left.kind === 'shown') - Number(right.kind === 'shown'),
  );
  for (const actual of ordered) {
    const key = actual.kind === 'shown' ? keyOfShown(actual, ownPages, ownKeys) : keyOf(actual, subdomain);
    if (key === undefined) {
      foreign.push(actual);
      continue;
    }
    const place = placeOf(actual.kind, key);
    own.set(place, [...(own.get(place) ?? []), actual]);
    ownKeys.set(placeOf(actual.kind, actual.id), key);
    if (actual.kind === 'status_page') ownPages.add(actual.id);
  }
  return { own, foreign };
}

/** The key of what Drop owns; undefined for what it does not. */
export function keyOf({ kind, attributes }: Actual, subdomain: string): string | undefined {
  if (kind === 'status_page')
    return attributes['subdomain'] === subdomain && attributes['company_name'] === companyName
      ? subdomain
      : undefined;
  const name = attributes[nameAttributeOf(kind) ?? ''];
  const isOwn = typeof name === 'string' && name.startsWith(namePrefix) && name.length > namePrefix.length;
  return isOwn ? name.slice(namePrefix.length) : undefined;
}

function keyOfShown(
  { attributes, page }: Actual,
  pages: ReadonlySet<string>,
  keys: ReadonlyMap<string, string>,
): string | undefined {
  if (page === undefined || !pages.has(page)) return undefined;
  const kind = (Object.keys(shownTypes) as ShownKind[]).find(
    (each) => shownTypes[each] === attributes['resource_type'],
  );
  const key = kind && keys.get(placeOf(kind, String(attributes['resource_id'])));
  return kind && key !== undefined ? shownKey(kind, key) : undefined;
}
