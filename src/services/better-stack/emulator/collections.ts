import { z } from 'zod';
import { shapes, type CollectionName } from './shapes.ts';

/** One thing as the emulator keeps it. */
export interface Kept {
  id: string;
  collection: CollectionName;
  /** For what a status page shows: the id of the page. */
  page?: string;
  attributes: Record<string, unknown>;
}

/** Texts by attribute, as BetterStack answers 422. */
export type Invalid = Record<string, string[]>;

const firstId = 2_001;

/** Everything that the emulated account holds. */
export class Collections {
  #kept: Kept[] = [];
  #nextId = firstId;

  list(collection: CollectionName, page?: string): Kept[] {
    return this.#kept.filter((each) => each.collection === collection && each.page === page);
  }

  find(collection: CollectionName, id: string | null): Kept | undefined {
    return this.#kept.find((each) => each.collection === collection && each.id === id);
  }

  /** `extra` are attributes that the server sets, such as the address of a heartbeat. */
  create(
    place: { collection: CollectionName; page?: string | undefined },
    body: unknown,
    extra: Record<string, unknown> = {},
  ): Kept | Invalid {
    const { collection, page } = place;
    const read = this.#read(collection, body);
    if ('invalid' in read) return read.invalid;
    const taken = this.#takenSubdomain(collection, read.attributes, undefined);
    if (taken) return taken;
    const attributes = { ...read.attributes, ...extra };
    const kept = { id: `${this.#nextId}`, collection, attributes, ...(page !== undefined && { page }) };
    this.#nextId += 1;
    this.#kept.push(kept);
    return kept;
  }

  update(kept: Kept, body: object): Kept | Invalid {
    const read = this.#read(kept.collection, { ...kept.attributes, ...body });
    if ('invalid' in read) return read.invalid;
    const taken = this.#takenSubdomain(kept.collection, read.attributes, kept.id);
    if (taken) return taken;
    kept.attributes = { ...kept.attributes, ...read.attributes };
    return kept;
  }

  /** What a status page shows goes with the page. */
  remove({ id, collection }: Kept): void {
    this.#kept = this.#kept.filter(
      (each) =>
        !(each.collection === collection && each.id === id) &&
        !(collection === 'status-pages' && each.page === id),
    );
  }

  reset(): void {
    this.#kept = [];
    this.#nextId = firstId;
  }

  save(): { kept: Kept[]; nextId: number } {
    return { kept: this.#kept, nextId: this.#nextId };
  }

  restore({ kept, nextId }: { kept: Kept[]; nextId: number }): void {
    this.#kept = kept;
    this.#nextId = nextId;
  }

  #read(
    collection: CollectionName,
    body: unknown,
  ): { attributes: Record<string, unknown> } | { invalid: Invalid } {
    const schema: z.ZodType<Record<string, unknown>> = shapes[collection].schema;
    const parsed = schema.safeParse(body);
    if (parsed.success) {
      const invalid = this.#missing(parsed.data);
      return invalid ? { invalid } : { attributes: parsed.data };
    }
    const { fieldErrors, formErrors } = z.flattenError(parsed.error);
    return { invalid: { ...fieldErrors, ...(formErrors.length > 0 && { base: formErrors }) } };
  }

  /** What is referred to must exist. */
  #missing(attributes: Record<string, unknown>): Invalid | undefined {
    const { policy_id: policy, resource_id: resource, resource_type: type } = attributes;
    if (typeof policy === 'string' && !this.find('policies', policy)) return { policy_id: ['must exist'] };
    const shown = type === 'Monitor' ? 'monitors' : type === 'Heartbeat' ? 'heartbeats' : undefined;
    if (shown && !this.find(shown, String(resource))) return { resource_id: ['must exist'] };
    return undefined;
  }

  #takenSubdomain(
    collection: CollectionName,
    { subdomain }: Record<string, unknown>,
    id: string | undefined,
  ): Invalid | undefined {
    if (collection !== 'status-pages') return undefined;
    const isTaken = this.list(collection).some(
      (each) => each.id !== id && each.attributes['subdomain'] === subdomain,
    );
    return isTaken ? { subdomain: ['has already been taken'] } : undefined;
  }
}
