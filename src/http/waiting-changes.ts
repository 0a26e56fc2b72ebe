import type { Clock } from '#domain/clock.ts';
import type { Change } from '#store/changes.ts';
import type { Subscriber } from './change-feed.ts';
import { waitingMax } from './event-stream.ts';

/** The changes that a stream has yet to write. */
export class WaitingChanges implements Subscriber {
  readonly #clock: Clock;
  #waiting: Change[] = [];
  #isOver = false;
  #hasMissed = false;
  #wake: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether no more changes will be written. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** A stream that missed a change ends: its client reads everything again when it opens the next one. */
  onChange(change: Change): void {
    if (this.#waiting.length >= waitingMax) this.#isOver = true;
    else this.#waiting.push(change);
    this.#wake();
  }

  onMissed(): void {
    this.#hasMissed = true;
    this.#wake();
  }

  onEnd(): void {
    this.#isOver = true;
    this.#wake();
  }

  take(): Change[] {
    const taken = this.#waiting;
    this.#waiting = [];
    return taken;
  }

  /** Whether changes may have been missed since the last call. */
  takeMissed(): boolean {
    const hasMissed = this.#hasMissed;
    this.#hasMissed = false;
    return hasMissed;
  }

  /** Resolves when there is a change, after `waitMs` milliseconds, or at the end. */
  async next(waitMs: number): Promise<void> {
    if (this.#waiting.length > 0 || this.#hasMissed || this.#isOver) return;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#wake = () => resolve(undefined);
    const timer = this.#clock.schedule(waitMs, this.#wake);
    await promise;
    timer.cancel();
  }
}
