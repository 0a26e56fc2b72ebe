import type { Clock } from '#domain/clock.ts';

/** The most keys to remember; the least recently used one is removed first. */
const keysMax = 10_000;

/**
 * Allows `perMinute` uses of each key per minute on average, and as many at once. Counts in memory, separately in each
 * process.
 */
export class RateLimit {
  readonly #clock: Clock;
  readonly #perMinute: number;
  /**
   * By key, when the full allowance is available again, in units of 1/`perMinute` ms, so that all numbers are integers.
   */
  readonly #fullAt = new Map<string, number>();

  constructor(clock: Clock, perMinute: number) {
    this.#clock = clock;
    this.#perMinute = perMinute;
  }

  /** Milliseconds to wait before the next use; undefined when it is allowed now. Does not count. */
  wait(key: string): number | undefined {
    return this.#withOneMore(key).waitMs;
  }

  /**
   * Counts one use and returns undefined; if the limit is reached, returns the milliseconds to wait and does not count.
   */
  take(key: string): number | undefined {
    const { fullAt, waitMs } = this.#withOneMore(key);
    if (waitMs === undefined) this.#keep(key, fullAt);
    return waitMs;
  }

  #withOneMore(key: string): { fullAt: number; waitMs: number | undefined } {
    const now = this.#clock.now().getTime() * this.#perMinute;
    const most = now + this.#perMinute * minuteMs;
    // Never beyond a full minute from now, even if the clock was set back.
    const fullAt = Math.min(most, Math.max(now, this.#fullAt.get(key) ?? now)) + minuteMs;
    return { fullAt, waitMs: fullAt > most ? Math.ceil((fullAt - most) / this.#perMinute) : undefined };
  }

  #keep(key: string, fullAt: number): void {
    this.#fullAt.delete(key);
    const [oldest] = this.#fullAt.keys();
    if (this.#fullAt.size >= keysMax && oldest !== undefined) this.#fullAt.delete(oldest);
    this.#fullAt.set(key, fullAt);
  }
}

const minuteMs = 60_000;
