import type { Clock } from '#domain/clock.ts';
import { RateLimit } from './rate-limit.ts';

export interface SignInsPerMinute {
  /** From one address. */
  fromOne: number;
  /** From all addresses together. */
  fromAll: number;
}

/** A sign-in that may not begin: on whose account, and after how many milliseconds to come back. */
export interface SignInRefusal {
  limit: keyof SignInsPerMinute;
  retryAfterMs: number;
}

/** The key of requests whose address is not known. */
const unknownCustomer = 'unknown';
const everybody = 'everybody';

/**
 * How many sign-ins begin in a minute. All whose address is not known count as one address: that it cannot be read must
 * set nobody free. Behind the addresses, of which a network can have as many as it likes, stands what all together may
 * begin.
 */
export class SignInLimit {
  readonly #fromOne: RateLimit;
  readonly #fromAll: RateLimit;

  constructor(clock: Clock, perMinute: SignInsPerMinute) {
    this.#fromOne = new RateLimit(clock, perMinute.fromOne);
    this.#fromAll = new RateLimit(clock, perMinute.fromAll);
  }

  /** Counts one sign-in, or says why it may not begin, and then nothing is counted to anybody. */
  take(network: string | undefined): SignInRefusal | undefined {
    const customer = network ?? unknownCustomer;
    const ownWaitMs = this.#fromOne.wait(customer);
    if (ownWaitMs !== undefined) return { limit: 'fromOne', retryAfterMs: ownWaitMs };
    const waitMs = this.#fromAll.take(everybody);
    if (waitMs !== undefined) return { limit: 'fromAll', retryAfterMs: waitMs };
    this.#fromOne.take(customer);
    return undefined;
  }
}
