import { DropError } from '#domain/errors.ts';
import type { Deadline } from './deadline.ts';

/** How many calls of a provider are under way at once, and how many more may wait for their turn. */
export interface Limits {
  concurrentMax: number;
  queueMax: number;
}

export const limitsDefault: Limits = { concurrentMax: 32, queueMax: 128 };

/** By then some of those that wait have had their turn. */
const retryAfterMs = 1_000;

type Turn = (error?: unknown) => void;

/** First come, first served. Waiting counts against the deadline, and a full queue refuses at once. */
export class Limiter {
  readonly #provider: string;
  readonly #limits: Limits;
  readonly #queue = new Set<Turn>();
  #active = 0;

  constructor(provider: string, limits: Limits) {
    this.#provider = provider;
    this.#limits = limits;
  }

  get active(): number {
    return this.#active;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  /**
   * Takes a place; undefined when there is one at once. Who got one must `leave`.
   *
   * @throws {DropError} `provider_unavailable`, not sent, when as many wait as may; the deadline's error in time.
   */
  enter(deadline: Deadline): Promise<void> | undefined {
    if (this.#active < this.#limits.concurrentMax) {
      this.#active += 1;
      return undefined;
    }
    if (this.#queue.size >= this.#limits.queueMax) throw this.#full();
    return this.#wait(deadline);
  }

  leave(): void {
    const [next] = this.#queue;
    if (next === undefined) this.#active -= 1;
    // The place goes from hand to hand, so that nobody new comes in between.
    else next();
  }

  async #wait(deadline: Deadline): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const turn: Turn = (error) => {
      this.#queue.delete(turn);
      if (error === undefined) resolve(undefined);
      else reject(error);
    };
    this.#queue.add(turn);
    deadline.onOver(turn);
    await promise;
    deadline.onOver(undefined);
  }

  #full(): DropError {
    return new DropError('provider_unavailable', {
      message: `${this.#limits.queueMax} calls wait for ${this.#provider} already`,
      outcome: 'not_sent',
      provider: this.#provider,
      retryAfterMs,
    });
  }
}
