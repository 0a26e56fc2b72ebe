import type { Clock } from '#domain/clock.ts';
import { RateLimit } from './rate-limit.ts';

export interface SignInsPerMinute {
  /** From one address; from one site, `networksOfSite` times as many. */
  fromOne: number;
  /** From all addresses together. */
  fromAll: number;
}

/** A sign-in that may not begin: on whose account, and after how many milliseconds to come back. */
export interface SignInRefusal {
  limit: 'fromOne' | 'fromSite' | 'fromAll';
  retryAfterMs: number;
}

/** Neighbours may share a site, so it has more than one address has; one household must not shut out everybody. */
export const networksOfSite = 4;

/** The key of requests whose address is not known. */
const unknownCustomer = 'unknown';
const everybody = 'everybody';

/**
 * How many sign-ins begin in a minute. All whose address is not known count as one address: that it cannot be read must
 * set nobody free. Behind the networks of IPv6, of which a household has many, stands the site that they are of; behind
 * all of them stands what all together may begin.
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

  /** Counts one sign-in, or says why it may not begin, and then nothing is counted to anybody. */
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
