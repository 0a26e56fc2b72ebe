import type { Clock, Scheduled } from '#domain/clock.ts';

/** What was read last, and when. */
export interface Reading<Value> {
  value: Value;
  /** Of the monotonic clock, in milliseconds. */
  atMs: number;
}

interface ReadingOptions<Value> {
  clock: Clock;
  /** Must end in bounded time, as a statement of the pool does. */
  read: () => Promise<Value>;
  everyMs: number;
  /** An older reading is not shown: a value that stands still looks like a calm one. */
  shownMsMax: number;
  /** Called at the first of several failures. */
  onFailure: (error: unknown) => void;
}

/** Reads in the background, so that no request of the metrics causes or waits for a query. */
export interface BackgroundReading<Value> {
  /** Undefined before the first reading, and when the last one is too old. */
  latest(): Value | undefined;
  /** The age of the last reading in seconds; undefined before the first one. */
  ageSeconds(): number | undefined;
  start(): void;
  stop(): void;
}

/** One reading at a time; the next begins `everyMs` milliseconds after the end of the last. */
export function createBackgroundReading<Value>(options: ReadingOptions<Value>): BackgroundReading<Value> {
  const { clock, read, everyMs, shownMsMax, onFailure } = options;
  let last: Reading<Value> | undefined;
  let isFailing = false;
  let isStopped = true;
  let next: Scheduled | undefined;

  async function readOnce(): Promise<void> {
    try {
      last = { value: await read(), atMs: clock.monotonicMs() };
      isFailing = false;
    } catch (error) {
      if (!isFailing && !isStopped) onFailure(error);
      isFailing = true;
    }
  }

  function readLater(delayMs: number): void {
    if (isStopped) return;
    next = clock.schedule(delayMs, () => void readOnce().then(() => readLater(everyMs)));
  }

  const ageMs = (): number | undefined => last && clock.monotonicMs() - last.atMs;
  return {
    latest: () => ((ageMs() ?? Infinity) <= shownMsMax ? last?.value : undefined),
    ageSeconds() {
      const age = ageMs();
      return age === undefined ? undefined : age / 1_000;
    },
    start() {
      if (!isStopped) return;
      isStopped = false;
      readLater(0);
    },
    stop() {
      isStopped = true;
      next?.cancel();
    },
  };
}
