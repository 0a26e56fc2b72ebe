/** A scheduled task. `cancel` has no effect once the task has run. */
export interface Scheduled {
  cancel(): void;
}

export interface ScheduleOptions {
  /** Whether the process stays alive until then, because a caller waits for it. False unless given. */
  keepsAlive?: boolean;
}

/**
 * The only source of time. Code that needs the current time or a delay takes a `Clock`, so that a test moves time by
 * hand instead of waiting.
 */
export interface Clock {
  now(): Date;
  /** Milliseconds since a fixed moment, with fractions. Never goes back, so durations are measured with it. */
  monotonicMs(): number;
  /** Runs `task` after `delayMs` milliseconds. */
  schedule(delayMs: number, task: () => void, options?: ScheduleOptions): Scheduled;
  /** Runs `task` once this turn of the event loop has read everything that arrived: what batches wait for. */
  afterTurn(task: () => void): void;
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  schedule(delayMs, task, options) {
    const timer = setTimeout(task, delayMs);
    if (options?.keepsAlive !== true) timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
  afterTurn(task) {
    setImmediate(task);
  },
};

/** Resolves after this turn of the event loop, so that long work lets other requests in between. */
export async function turnOver(clock: Pick<Clock, 'afterTurn'>): Promise<void> {
  return new Promise((resolve) => clock.afterTurn(resolve));
}

interface PendingTask {
  at: number;
  task: () => void;
}

/** A clock that stands still until `advance` moves it; due tasks run in the order of their time. */
export class ManualClock implements Clock {
  #now: number;
  readonly #pending = new Set<PendingTask>();

  constructor(start: Date = new Date('2026-02-23T14:30:00Z')) {
    this.#now = start.getTime();
  }

  now(): Date {
    return new Date(this.#now);
  }

  monotonicMs(): number {
    return this.#now;
  }

  schedule(delayMs: number, task: () => void): Scheduled {
    const pending = { at: this.#now + delayMs, task };
    this.#pending.add(pending);
    return { cancel: () => this.#pending.delete(pending) };
  }

  /** The turns of the event loop are real: no time passes between them. */
  afterTurn(task: () => void): void {
    setImmediate(task);
  }

  /** Moves time forward by `durationMs` milliseconds and runs what became due. */
  advance(durationMs: number): void {
    const end = this.#now + durationMs;
    for (let next = this.#nextDue(end); next !== undefined; next = this.#nextDue(end)) {
      this.#pending.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.task();
    }
    this.#now = end;
  }

  #nextDue(end: number): PendingTask | undefined {
    const due = [...this.#pending].filter((pending) => pending.at <= end);
    return due.sort((left, right) => left.at - right.at)[0];
  }
}
