import { matches } from './matches.ts';
import { placeOf, type Owned } from './ownership.ts';
import { kinds, type Actual, type Attributes, type Declared, type Kind, type Value } from './resource.ts';

/** One attribute that is not as declared. */
export interface Difference {
  attribute: string;
  from: unknown;
  to: Value;
}

/** One step towards what is declared. */
export type Change =
  | { action: 'create'; kind: Kind; key: string; attributes: Attributes }
  | { action: 'update'; kind: Kind; key: string; actual: Actual; differences: Difference[] }
  | { action: 'delete'; kind: Kind; key: string; actual: Actual };

/** The ids of what Drop owns, by kind and key. */
export type Ids = ReadonlyMap<string, string>;

/** The ids of what there is one of. */
export function idsOf({ own }: Owned): Map<string, string> {
  const ids = [...own].flatMap(([place, [first, ...more]]): [string, string][] =>
    first && more.length === 0 ? [[place, first.id]] : [],
  );
  return new Map(ids);
}

/** The changes that make what exists as it is declared: what is made first comes first, deletions come last. Pure. */
export function diff(declared: readonly Declared[], owned: Owned): Change[] {
  const ids = idsOf(owned);
  const wanted = new Set(declared.map(({ kind, key }) => placeOf(kind, key)));
  const made = declared.flatMap((each) => changeTo(each, owned, ids));
  const gone = [...owned.own].flatMap(([place, actuals]): Change[] =>
    wanted.has(place)
      ? []
      : actuals.map((actual) => {
          const key = place.slice(actual.kind.length + 1);
          return { action: 'delete', kind: actual.kind, key, actual };
        }),
  );
  return [...inOrder(made), ...inOrder(gone).toReversed()];
}

function changeTo({ kind, key, attributes }: Declared, { own }: Owned, ids: Ids): Change[] {
  const [actual, ...more] = own.get(placeOf(kind, key)) ?? [];
  if (!actual) return [{ action: 'create', kind, key, attributes }];
  // Which of several is meant is for a person to say.
  if (more.length > 0) return [];
  const differences = Object.entries(attributes).flatMap(([attribute, to]): Difference[] => {
    const from = actual.attributes[attribute];
    return matches(attribute, resolved(to, ids), from) ? [] : [{ attribute, from, to }];
  });
  return differences.length === 0 ? [] : [{ action: 'update', kind, key, actual, differences }];
}

function inOrder(changes: Change[]): Change[] {
  return changes.toSorted((left, right) => kinds.indexOf(left.kind) - kinds.indexOf(right.kind));
}

/** A value with the ids of what it refers to; undefined in place of one that does not exist yet. */
export function resolved(value: Value, ids: Ids): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((item) => resolved(item, ids));
  if (isReference(value)) return ids.get(placeOf(value.reference.of, value.reference.key));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolved(member, ids)]));
}

/** `Array.isArray` does not narrow lists that are read-only. */
function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function isReference(value: Value): value is Extract<Value, { reference: unknown }> {
  return typeof value === 'object' && value !== null && 'reference' in value;
}
