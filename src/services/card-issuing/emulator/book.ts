import { randomBytes } from 'node:crypto';
import { notThere } from './errors.ts';
import type { Form } from './form.ts';
import { textAt } from './form.ts';
import { invalid } from './errors.ts';
import type { Kept } from './objects.ts';

const prefixes = {
  'issuing.cardholder': 'ich',
  'issuing.card': 'ic',
  'issuing.authorization': 'iauth',
  'issuing.transaction': 'ipi',
} as const satisfies Record<Kept['object'], string>;

/** A new id with Stripe's prefix of its kind. */
export function newId(kind: Kept['object']): string {
  return `${prefixes[kind]}_${randomBytes(12).toString('hex')}`;
}

const pageMax = 100;
const pageDefault = 10;

/** What an emulated account holds, the newest first. */
export class Book {
  #kept: Kept[] = [];

  /** Keeps a new object, or the changed one in the place of the old. */
  keep<Object extends Kept>(object: Object): Object {
    const index = this.#kept.findIndex(({ id }) => id === object.id);
    if (index === -1) this.#kept = [object, ...this.#kept];
    else this.#kept[index] = object;
    return object;
  }

  /** @throws {Refusal} 404 where there is no such object of the kind. */
  find<Kind extends Kept['object']>(kind: Kind, id: string): Extract<Kept, { object: Kind }> {
    const found = this.all(kind).find((each) => each.id === id);
    if (!found) throw notThere(kind, id);
    return found;
  }

  all<Kind extends Kept['object']>(kind: Kind): Extract<Kept, { object: Kind }>[] {
    return this.#kept.filter((each): each is Extract<Kept, { object: Kind }> => each.object === kind);
  }

  reset(): void {
    this.#kept = [];
  }
}

/**
 * A page of a list, by `limit` and `starting_after`. Source: docs.stripe.com/api/pagination.
 *
 * @throws {Refusal} 400 for a limit that is none, or an object that is not in the list.
 */
export function pageOf<Object extends Kept>(all: readonly Object[], query: Form, url: string): object {
  const limit = Number(textAt(query, 'limit') ?? pageDefault);
  if (!Number.isInteger(limit) || limit < 1 || limit > pageMax)
    throw invalid('limit', 'This value must be an integer between 1 and 100.');
  const after = textAt(query, 'starting_after');
  const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && start === 0) throw invalid('starting_after', `No such object: '${after}'`);
  const data = all.slice(start, start + limit);
  return { object: 'list', url, has_more: start + limit < all.length, data };
}
