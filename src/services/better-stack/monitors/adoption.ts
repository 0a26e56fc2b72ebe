import { sameAddress } from './matches.ts';
import { placeOf, type Owned } from './ownership.ts';
import { nameAttributeOf, type Actual, type Declared } from './resource.ts';

/** Something that was made by hand and does what a declared thing would do. */
export interface Candidate {
  declared: Declared;
  actual: Actual;
}

/** What could be adopted in place of declared things that do not exist, of each every candidate. Pure. */
export function candidatesFor(declared: readonly Declared[], { own, foreign }: Owned): Candidate[] {
  return declared
    .filter(({ kind, key }) => !own.has(placeOf(kind, key)))
    .flatMap((each) =>
      foreign.filter((actual) => doesTheSame(each, actual)).map((actual) => ({ declared: each, actual })),
    );
}

function doesTheSame(
  { kind, key, attributes: wanted }: Declared,
  { kind: other, attributes }: Actual,
): boolean {
  if (kind !== other) return false;
  if (kind === 'monitor') return sameAddress(wanted['url'], attributes['url']);
  if (kind === 'status_page') return attributes['subdomain'] === key;
  return kind !== 'shown' && String(attributes['name']).toLowerCase() === key.toLowerCase();
}

/** The attributes that make something Drop's own: its name. The rest is for the next plan to show. */
export function nameOf({ kind, attributes }: Declared): Record<string, string> {
  const attribute = nameAttributeOf(kind);
  const name = attributes[attribute ?? ''];
  return attribute !== undefined && typeof name === 'string' ? { [attribute]: name } : {};
}
