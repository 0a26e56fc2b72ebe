import type { Item } from '../wire.ts';

/** The kinds of things that Drop declares at BetterStack, in the order in which they are created. */
export const kinds = ['severity', 'policy', 'monitor', 'heartbeat', 'status_page', 'shown'] as const;
/** `shown` is a monitor or heartbeat on the status page. */
export type Kind = (typeof kinds)[number];

/** The id of another declared thing, which may not exist yet. */
export interface Reference {
  of: Kind;
  key: string;
}

/** A value of an attribute, by the names and in the units of the wire. */
export type Value =
  | string
  | number
  | boolean
  | null
  | { reference: Reference }
  | readonly Value[]
  | { readonly [name: string]: Value };

export type Attributes = Readonly<Record<string, Value>>;

/** What must exist. Attributes that are absent are none of Drop's business. */
export interface Declared {
  kind: Kind;
  /** Stable: its name without the prefix of Drop. */
  key: string;
  attributes: Attributes;
}

/** What exists, whoever made it. */
export interface Actual extends Item {
  kind: Kind;
  /** For `shown`: the id of its status page. */
  page?: string;
}

/**
 * The mark of what Drop owns: its name begins with it. The API has no other mark that every kind can carry and that
 * people see in BetterStack.
 */
export const namePrefix = 'Drop: ';

/** The name in `attributes` of a thing of this kind; undefined for kinds without one. */
export function nameAttributeOf(kind: Kind): string | undefined {
  if (kind === 'monitor') return 'pronounceable_name';
  if (kind === 'status_page') return 'company_name';
  return kind === 'shown' ? undefined : 'name';
}

const collections: Record<Exclude<Kind, 'shown'>, string> = {
  severity: '/api/v2/urgencies',
  policy: '/api/v3/policies',
  monitor: '/api/v2/monitors',
  heartbeat: '/api/v2/heartbeats',
  status_page: '/api/v2/status-pages',
};

/** The path of the list in which such a thing is. `page` is the id of the status page, for `shown`. */
export function collectionOf(kind: Kind, page = ''): string {
  return kind === 'shown' ? `/api/v2/status-pages/${page}/resources` : collections[kind];
}

/** How `resource_type` of a status page names these kinds. */
export const shownTypes = { monitor: 'Monitor', heartbeat: 'Heartbeat' } as const;
export type ShownKind = keyof typeof shownTypes;
