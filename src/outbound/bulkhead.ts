import { Shares } from './shares.ts';

/** The largest share of all places that one scope may take. */
export const scopeShare = 1 / 2;
/** The largest share of all places that one customer may take. */
export const customerShare = 1 / 8;

/**
 * A limited number of places. One scope may take at most half of them, and one customer an eighth; calls without a
 * scope and without a customer may take all.
 */
export class Bulkhead {
  readonly max: number;
  /** Each share is at least one place, so that every scope and customer can call whenever there are places at all. */
  readonly scopes: Shares;
  readonly customers: Shares;
  #taken = 0;

  constructor(max: number) {
    this.max = max;
    this.scopes = new Shares(Math.ceil(max * scopeShare));
    this.customers = new Shares(Math.ceil(max * customerShare));
  }

  get taken(): number {
    return this.#taken;
  }

  get isFull(): boolean {
    return this.#taken >= this.max;
  }

  /** False when there is no place left for `scope` and `customer`. */
  take(scope: string | undefined, customer: string | undefined): boolean {
    if (this.isFull || this.scopes.isFull(scope) || this.customers.isFull(customer)) return false;
    this.scopes.take(scope);
    this.customers.take(customer);
    this.#taken += 1;
    return true;
  }

  giveBack(scope: string | undefined, customer: string | undefined): void {
    this.#taken -= 1;
    this.scopes.giveBack(scope);
    this.customers.giveBack(customer);
  }
}
