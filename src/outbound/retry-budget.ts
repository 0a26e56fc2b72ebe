import type { Clock } from '#domain/clock.ts';

const earnedPerCall = 0.1;
const tokensMax = 10;
/** So that a single call that fails now and then can be repeated, however few there are. */
const floorTokens = 2;
const floorMsPerToken = 10_000;

/**
 * What a provider's repetitions are paid from: every call earns a tenth of one, so that in an outage they add a tenth
 * to the load and no more. From its start on, `calls / 10 + seconds / 10 + 2` repetitions are paid for at most.
 */
export class RetryBudget {
  readonly #clock: Clock;
  #tokens = floorTokens;
  #seenAtMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#seenAtMs = clock.now().getTime();
  }

  get tokens(): number {
    this.#refill();
    return this.#tokens;
  }

  /** A call goes out that is no repetition. */
  earn(): void {
    this.#tokens = Math.min(tokensMax, this.#tokens + earnedPerCall);
  }

  /** Pays for a repetition, if it can. */
  spend(): boolean {
    this.#refill();
    // A tenth, ten times, is a little less than one.
    if (this.#tokens < 1 - 1e-9) return false;
    this.#tokens = Math.max(0, this.#tokens - 1);
    return true;
  }

  #refill(): void {
    const nowMs = this.#clock.now().getTime();
    const earned = (nowMs - this.#seenAtMs) / floorMsPerToken;
    this.#seenAtMs = nowMs;
    if (this.#tokens < floorTokens) this.#tokens = Math.min(floorTokens, this.#tokens + Math.max(0, earned));
  }
}
