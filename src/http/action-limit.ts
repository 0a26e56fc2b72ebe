import type { Clock } from '#domain/clock.ts';
import type { CustomerAction } from './customer-actions.ts';
import { RateLimit } from './rate-limit.ts';

/** The most requests whose keys are remembered; the oldest is forgotten first, and then counts as a new one. */
const keysMax = 10_000;

/** How often, for one customer; repeated requests count like the others unless they have a limit of their own. */
export type ActionLimits = Pick<CustomerAction, 'perMinute' | 'repeatsPerMinute'>;

/** Limits how often each customer does one thing. A repeated request, known by its key, has a limit of its own. */
export class ActionLimit {
  readonly #limit: RateLimit;
  readonly #repeats: RateLimit | undefined;
  readonly #known = new Set<string>();

  constructor(clock: Clock, { perMinute, repeatsPerMinute }: ActionLimits) {
    this.#limit = new RateLimit(clock, perMinute);
    if (repeatsPerMinute !== undefined) this.#repeats = new RateLimit(clock, repeatsPerMinute);
  }

  /** Counts a request, or returns the milliseconds to wait; a refused request is not counted. */
  take(customerId: string, idempotencyKey: string | undefined): number | undefined {
    if (!this.#repeats || idempotencyKey === undefined) return this.#limit.take(customerId);
    const request = `${customerId} ${idempotencyKey}`;
    if (this.#known.has(request)) return this.#repeats.take(customerId);
    const waitMs = this.#limit.take(customerId);
    if (waitMs === undefined) this.#remember(request);
    return waitMs;
  }

  #remember(request: string): void {
    const [oldest] = this.#known;
    if (this.#known.size >= keysMax && oldest !== undefined) this.#known.delete(oldest);
    this.#known.add(request);
  }
}
