import type { Clock, Scheduled } from '#domain/clock.ts';
import type { QueuedAlert } from './alert-queue.ts';

/** Identical alerts within this time after one was sent are sent as one alert at its end. */
const windowMs = 60_000;

interface Window {
  /** The alert that represents the repetitions since the first was sent; absent while there are none. */
  standIn: QueuedAlert | undefined;
  end: Scheduled;
}

/** Counts repetitions of recently sent alerts instead of sending them. */
export class Repetitions {
  readonly #clock: Clock;
  readonly #onEnd: (standIn: QueuedAlert) => void;
  readonly #windows = new Map<string, Window>();

  /** `onEnd` receives the alert that represents a window's repetitions when the window ends. */
  constructor(clock: Clock, onEnd: (standIn: QueuedAlert) => void) {
    this.#clock = clock;
    this.#onEnd = onEnd;
  }

  /** Opens a window for an alert that is being sent. */
  begin(fingerprint: string): void {
    this.#close(fingerprint);
    const end = this.#clock.schedule(windowMs, () => this.#finish(fingerprint));
    this.#windows.set(fingerprint, { standIn: undefined, end });
  }

  /** Counts `queued` if an identical alert was sent recently, and returns the alert that represents it. */
  count(queued: QueuedAlert): QueuedAlert | undefined {
    const window = this.#windows.get(queued.fingerprint);
    if (!window) return undefined;
    if (window.standIn) window.standIn.count += 1;
    else window.standIn = queued;
    return window.standIn;
  }

  /** Ends the window of an alert that was not delivered, and merges the repetitions into it. */
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
