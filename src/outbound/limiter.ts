import { CallError } from './call-error.ts';
import type { Deadline } from './deadline.ts';
import { Bulkhead } from './bulkhead.ts';
import { Rotation, type Turn } from './rotation.ts';

/** How many calls to a provider may run at once, and how many more may wait. */
export interface Limits {
  concurrentMax: number;
  queueMax: number;
}

export const limitsDefault: Limits = { concurrentMax: 32, queueMax: 128 };

/** After this time, some of the waiting calls have been served. */
const retryAfterMs = 1_000;

/**
 * Shares the places between banks and between customers. One scope, such as a bank that hangs, has at most half of the
 * places and half of the queue, and one customer an eighth of each, so calls of others may overtake them. Waiting calls
 * are served in turn by customer. Waiting counts against the deadline, and a full queue refuses at once.
 */
export class Limiter {
  readonly #provider: string;
  readonly #active: Bulkhead;
  readonly #waiting: Bulkhead;
  readonly #queue = new Rotation();
  readonly #takesPlace = ({ scope, customer }: Turn): boolean => this.#active.take(scope, customer);

  constructor(provider: string, { concurrentMax, queueMax }: Limits) {
    this.#provider = provider;
    this.#active = new Bulkhead(concurrentMax);
    this.#waiting = new Bulkhead(queueMax);
  }

  get active(): number {
    return this.#active.taken;
  }

  get waiting(): number {
    return this.#waiting.taken;
  }

  /** The scopes that have taken their whole share of the places. */
  get fullScopes(): readonly string[] {
    return this.#active.scopes.full;
  }

  /**
   * Takes a place; undefined when one is free. The caller must `leave` with the same `scope` and `customer`.
   *
   * @throws {CallError} Not sent: `rate_limited` when too many calls of the customer wait, `provider_unavailable` when
   * the queue is full; the deadline's error when the time is up.
   */
  enter(
    deadline: Deadline,
    scope: string | undefined,
    customer: string | undefined,
  ): Promise<void> | undefined {
    if (this.#active.take(scope, customer)) return undefined;
    if (!this.#waiting.take(scope, customer)) throw this.#refusal(scope, customer);
    return this.#wait(deadline, scope, customer);
  }

  leave(scope: string | undefined, customer: string | undefined): void {
    this.#active.giveBack(scope, customer);
    // The place is handed over directly, so that a new call cannot take it first. It may let two calls start, when one
    // waited for the scope's share and another for the customer's.
    while (!this.#queue.isEmpty && !this.#active.isFull) {
      const turn = this.#queue.next(this.#takesPlace);
      if (!turn) return;
      turn.end();
    }
  }

  async #wait(deadline: Deadline, scope: string | undefined, customer: string | undefined): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const turn: Turn = {
        scope,
        customer,
        end: (error) => {
          this.#queue.remove(turn);
          this.#waiting.giveBack(scope, customer);
          if (error === undefined) resolve();
          else reject(error);
        },
      };
      this.#queue.add(turn);
      deadline.onOver(turn.end);
    });
    deadline.onOver(undefined);
  }

  #refusal(scope: string | undefined, customer: string | undefined): CallError {
    const { customers, scopes, isFull, max } = this.#waiting;
    const provider = this.#provider;
    const refused = { outcome: 'not_sent', provider, retryAfterMs } as const;
    if (customers.isFull(customer)) {
      const message = `${customers.max} calls of this customer are already waiting for ${provider}`;
      return new CallError('rate_limited', { message, ...refused });
    }
    const asked = isFull || scope === undefined ? provider : `${scope} at ${provider}`;
    const message = `${isFull ? max : scopes.max} calls are already waiting for ${asked}`;
    return new CallError('provider_unavailable', { message, ...refused });
  }
}
