import type { Clock, Scheduled } from '#domain/clock.ts';

const keptAlive = { keepsAlive: true };

/**
 * The end of a call with all its waiting and all its attempts: of `timeoutMs` and what the work that caused the call
 * has left, the smaller.
 *
 * There is one timer and one listener, not an `AbortSignal`: a call does one thing after the other, and signals are
 * what a guarded call would otherwise spend most of its time on. The timer goes away with the call and keeps the
 * process alive until then: without it a command line tool would end in the middle of a pause.
 */
export class Deadline {
  readonly #clock: Clock;
  /** Whether the work that caused the call leaves it less time than it would take for itself. */
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

  /** Whether there is time left after another `delayMs` milliseconds. */
  allows(delayMs: number): boolean {
    return this.#clock.now().getTime() + delayMs < this.#endsAtMs;
  }

  /** Whether the work that caused the call, or waiting, has left it less than half of the time that it takes. */
  get isShort(): boolean {
    return this.#isInherited || !this.allows(this.#takenMs / 2);
  }

  /** Calls `listener` when the time is up; instead of the one before. */
  onOver(listener: ((error: DeadlineError) => void) | undefined): void {
    this.#listener = listener;
  }

  /** Waits, until the time is up at most. */
  async pause(delayMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const waiting = this.#clock.schedule(delayMs, () => resolve(undefined));
    this.onOver(() => resolve(undefined));
    await promise;
    this.onOver(undefined);
    waiting.cancel();
  }

  /** Must be called when the call is over. */
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
