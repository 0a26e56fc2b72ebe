import type { Clock } from '#domain/clock.ts';

/** As many are remembered; whoever was heard of longest ago is forgotten first. */
const keysMax = 10_000;

/**
 * So many times a minute for each key, on the average, and so many at once. In memory: each process of several counts
 * for itself.
 */
export class RateLimit {
  readonly #clock: Clock;
  readonly #perMinute: number;
  /** By key, when all that was taken has come back; in shares of a millisecond, so that all numbers are whole. */
  readonly #fullAt = new Map<string, number>();

  constructor(clock: Clock, perMinute: number) {
    this.#clock = clock;
    this.#perMinute = perMinute;
  }

  /** After how many milliseconds to come back; undefined where that is now. Counts nothing. */
  wait(key: string): number | undefined {
    return this.#withOneMore(key).waitMs;
  }

  /** Counts one; returns undefined, or after how many milliseconds to come back, and then nothing is counted. */
  take(key: string): number | undefined {
    const { fullAt, waitMs } = this.#withOneMore(key);
    if (waitMs === undefined) this.#keep(key, fullAt);
    return waitMs;
  }

  #withOneMore(key: string): { fullAt: number; waitMs: number | undefined } {
    const now = this.#clock.now().getTime() * this.#perMinute;
    const most = now + this.#perMinute * minuteMs;
    // Not further away than it can be, even if the clock went back.
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
