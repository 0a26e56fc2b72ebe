import type { Clock } from '#domain/clock.ts';
import { RateLimit } from './rate-limit.ts';

export interface SignInsPerMinute {
  /** From one address; from one site, `networksOfSite` times as many. */
  fromOne: number;
  /** From all addresses together. */
  fromAll: number;
}

/** A refused sign-in: the limit that was reached, and the milliseconds to wait. */
export interface SignInRefusal {
  limit: 'fromOne' | 'fromSite' | 'fromAll';
  retryAfterMs: number;
}

/**
 * Neighbours may share a site, so its limit is higher than that of one address. It is bounded, so that one household
 * cannot use up the limit for all.
 */
export const networksOfSite = 4;

/** The key of requests whose address is not known. */
const unknownCustomer = 'unknown';
const everybody = 'everybody';

/**
 * Limits how many sign-ins start in a minute. Customers without a known address share the limit of one address, so that
 * hiding the address gives no advantage. IPv6 networks, of which a household has many, are also limited by their site,
 * and all addresses together by a common limit.
 */
export class SignInLimit {
  readonly #fromOne: RateLimit;
  readonly #fromSite: RateLimit;
  readonly #fromAll: RateLimit;

  constructor(clock: Clock, perMinute: SignInsPerMinute) {
    this.#fromOne = new RateLimit(clock, perMinute.fromOne);
    this.#fromSite = new RateLimit(clock, perMinute.fromOne * networksOfSite);
    this.#fromAll = new RateLimit(clock, perMinute.fromAll);
  }

  /** Counts one sign-in, or returns why it is refused; a refused one is counted in no limit. */
  take(network: string | undefined, site?: string): SignInRefusal | undefined {
    const customer = network ?? unknownCustomer;
    const ownWaitMs = this.#fromOne.wait(customer);
    if (ownWaitMs !== undefined) return { limit: 'fromOne', retryAfterMs: ownWaitMs };
    const siteWaitMs = site === undefined ? undefined : this.#fromSite.wait(site);
    if (siteWaitMs !== undefined) return { limit: 'fromSite', retryAfterMs: siteWaitMs };
    const waitMs = this.#fromAll.take(everybody);
    if (waitMs !== undefined) return { limit: 'fromAll', retryAfterMs: waitMs };
    this.#fromOne.take(customer);
    if (site !== undefined) this.#fromSite.take(site);
    return undefined;
  }
}
