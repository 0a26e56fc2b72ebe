import type { Clock, Scheduled } from './clock.ts';

const keptAlive = { keepsAlive: true };

/**
 * The end of a call, including all waiting and all attempts: `timeoutMs`, or the time that the work behind the call has
 * left, whichever is smaller.
 *
 * It uses one timer and one listener instead of an `AbortSignal`, because a call does one thing at a time and abort
 * signals would be the largest cost of a guarded call. The timer keeps the process alive until the call ends; otherwise
 * a command line tool would exit in the middle of a pause.
 */
export class Deadline {
  readonly #clock: Clock;
  /** Whether the work behind the call leaves it less time than its own `timeoutMs`. */
  readonly #isInherited: boolean;
  readonly #endsAtMs: number;
  readonly #timer: Scheduled | undefined;
  readonly #takenMs: number;
  #isOver = false;
  #listener: ((error: DeadlineError) => void) | undefined;

  constructor(timeoutMs: number, clock: Clock, inheritedEndMs?: number) {
    const nowMs = clock.now().getTime();
    const leftMs = (inheritedEndMs ?? Number.POSITIVE_INFINITY) - nowMs;
    this.#isInherited = leftMs < timeoutMs;
    this.#takenMs = this.#isInherited ? Math.max(0, leftMs) : timeoutMs;
    this.#clock = clock;
    this.#endsAtMs = nowMs + this.#takenMs;
    if (this.#takenMs > 0) this.#timer = clock.schedule(this.#takenMs, () => this.#expire(), keptAlive);
    else this.#isOver = true;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** @throws {DeadlineError} */
  assertLeft(): void {
    if (this.#isOver) throw this.#error();
  }

  /** Whether time is left after another `delayMs` milliseconds. */
  allows(delayMs: number): boolean {
    return this.#clock.now().getTime() + delayMs < this.#endsAtMs;
  }

  /**
   * Whether the call has less time than it would normally have: the end is inherited, or waiting has used half of it.
   */
  get isShort(): boolean {
    return this.#isInherited || !this.allows(this.#takenMs / 2);
  }

  /** Calls `listener` when the time is up. Replaces the previous listener. */
  onOver(listener: ((error: DeadlineError) => void) | undefined): void {
    this.#listener = listener;
  }

  /** Waits for `delayMs` milliseconds, or until the time is up. */
  async pause(delayMs: number): Promise<void> {
    let waiting: Scheduled | undefined;
    await new Promise<void>((resolve) => {
      waiting = this.#clock.schedule(delayMs, resolve);
      this.onOver(() => resolve());
    });
    this.onOver(undefined);
    waiting?.cancel();
  }

  /** Stops the timer. Must be called when the call is over. */
  end(): void {
    this.#timer?.cancel();
  }

  #expire(): void {
    this.#isOver = true;
    this.#listener?.(this.#error());
  }

  #error(): DeadlineError {
    return new DeadlineError(this.#takenMs);
  }
}

export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';

  constructor(timeoutMs: number) {
    super(`no answer within ${timeoutMs} ms`);
  }
}
