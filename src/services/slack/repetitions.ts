import type { Clock, Scheduled } from '#domain/clock.ts';
import type { QueuedAlert } from './alert-queue.ts';

/** Identical alerts within this time after one was sent are told as one, at its end. */
const windowMs = 60_000;

interface Window {
  /** Stands for the repetitions since the alert was sent; absent while there are none. */
  standIn: QueuedAlert | undefined;
  end: Scheduled;
}

/** What was sent lately, so that the same alert again is counted instead of sent. */
export class Repetitions {
  readonly #clock: Clock;
  readonly #onEnd: (standIn: QueuedAlert) => void;
  readonly #windows = new Map<string, Window>();

  /** `onEnd` gets the alert that stands for a window's repetitions when the window ends. */
  constructor(clock: Clock, onEnd: (standIn: QueuedAlert) => void) {
    this.#clock = clock;
    this.#onEnd = onEnd;
  }

  /** Opens a window for what is being sent now. */
  begin(fingerprint: string): void {
    this.#close(fingerprint);
    const end = this.#clock.schedule(windowMs, () => this.#finish(fingerprint));
    this.#windows.set(fingerprint, { standIn: undefined, end });
  }

  /** Counts `queued` if the same was sent lately, and returns the one that stands for it. */
  count(queued: QueuedAlert): QueuedAlert | undefined {
    const window = this.#windows.get(queued.fingerprint);
    if (!window) return undefined;
    if (window.standIn) window.standIn.count += 1;
    else window.standIn = queued;
    return window.standIn;
  }

  /** Ends the window of an alert that was not delivered: it stands for its own repetitions. */
  returnTo(queued: QueuedAlert): void {
    const standIn = this.#close(queued.fingerprint);
    if (standIn && standIn !== queued) queued.absorb(standIn);
  }

  endAll(): void {
    for (const fingerprint of [...this.#windows.keys()]) this.#finish(fingerprint);
  }

  #finish(fingerprint: string): void {
    const standIn = this.#close(fingerprint);
    if (standIn) this.#onEnd(standIn);
  }

  #close(fingerprint: string): QueuedAlert | undefined {
    const window = this.#windows.get(fingerprint);
    window?.end.cancel();
    this.#windows.delete(fingerprint);
    return window?.standIn;
  }
}
