import { DropError } from '#domain/errors.ts';
import type { Deadline } from './deadline.ts';
import { Bulkhead } from './bulkhead.ts';

/** How many calls to a provider may run at once, and how many more may wait. */
export interface Limits {
  concurrentMax: number;
  queueMax: number;
}

export const limitsDefault: Limits = { concurrentMax: 32, queueMax: 128 };

/** After this time, some of the waiting calls have been served. */
const retryAfterMs = 1_000;

interface Turn {
  scope: string | undefined;
  end: (error?: unknown) => void;
}

/**
 * Serves calls in the order of arrival. One scope, such as a bank that hangs, has at most half of the places and half
 * of the queue, so calls of other scopes may overtake it. Waiting counts against the deadline, and a full queue refuses
 * at once.
 */
export class Limiter {
  readonly #provider: string;
  readonly #active: Bulkhead;
  readonly #waiting: Bulkhead;
  readonly #queue = new Set<Turn>();

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
    return this.#active.fullScopes;
  }

  /**
   * Takes a place; undefined when one is free. The caller must `leave` with the same `scope`.
   *
   * @throws {DropError} `provider_unavailable`, not sent, when the queue is full; the deadline's error when the time is
   * up.
   */
  enter(deadline: Deadline, scope: string | undefined): Promise<void> | undefined {
    if (this.#active.take(scope)) return undefined;
    if (!this.#waiting.take(scope)) throw this.#full(scope);
    return this.#wait(deadline, scope);
  }

  leave(scope: string | undefined): void {
    this.#active.giveBack(scope);
    // The place is handed over directly, so that a new call cannot take it first.
    for (const turn of this.#queue) if (this.#active.take(turn.scope)) return turn.end();
  }

  async #wait(deadline: Deadline, scope: string | undefined): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const turn: Turn = {
      scope,
      end: (error) => {
        this.#queue.delete(turn);
        this.#waiting.giveBack(scope);
        if (error === undefined) resolve(undefined);
        else reject(error);
      },
    };
    this.#queue.add(turn);
    deadline.onOver(turn.end);
    await promise;
    deadline.onOver(undefined);
  }

  #full(scope: string | undefined): DropError {
    const isWhole = this.#waiting.isFull;
    const who = isWhole || scope === undefined ? this.#provider : `${scope} at ${this.#provider}`;
    const count = isWhole ? this.#waiting.max : this.#waiting.scopeMax;
    return new DropError('provider_unavailable', {
      message: `${count} calls are already waiting for ${who}`,
      outcome: 'not_sent',
      provider: this.#provider,
      retryAfterMs,
    });
  }
}
