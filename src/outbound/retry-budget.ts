import type { Clock } from './clock.ts';

export const earnedPerCall = 0.1;
const tokensMax = 10;
/** Lets an occasional failed call be repeated even when there are few calls. */
const floorTokens = 2;
const floorMsPerToken = 10_000;

/**
 * The budget for a provider's repetitions. Every call earns a tenth of a repetition, so that in an outage repetitions
 * add at most a tenth to the load. Since its start, it allows at most `calls / 10 + seconds / 10 + 2` repetitions.
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

  /** Credits a first attempt. */
  earn(): void {
    this.#tokens = Math.min(tokensMax, this.#tokens + earnedPerCall);
  }

  /** Charges a repetition; false when the budget does not allow it. */
  spend(): boolean {
    this.#refill();
    // In floating point, ten times 0.1 adds up to slightly less than 1.
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
