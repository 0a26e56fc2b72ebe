import type { Clock } from '#domain/clock.ts';

/**
 * Slack documents one message a second with short bursts above it, but not the size of a burst. Third parties measured
 * a bucket of about 25 that leaks one a second.
 */
export const burstDefault = 25;
const leakMs = 1_000;

/** Slack's rate limit for one webhook, as a leaky bucket. */
export class RateLimit {
  readonly #clock: Clock;
  #level = 0;
  #burst = burstDefault;
  #leakedAtMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#leakedAtMs = clock.now().getTime();
  }

  /** Seconds to wait, or undefined when the message may pass. */
  take(): number | undefined {
    const nowMs = this.#clock.now().getTime();
    this.#level = Math.max(0, this.#level - (nowMs - this.#leakedAtMs) / leakMs);
    this.#leakedAtMs = nowMs;
    if (this.#level + 1 > this.#burst) return Math.ceil(this.#level + 1 - this.#burst);
    this.#level += 1;
    return undefined;
  }

  /** The number of messages that pass at once; 1 is Slack's documented rate without a burst. */
  set burst(messages: number) {
    this.#burst = messages;
  }

  reset(): void {
    this.#burst = burstDefault;
    this.#level = 0;
  }
}
