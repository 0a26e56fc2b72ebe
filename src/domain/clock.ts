/** A scheduled task. `cancel` has no effect once the task has run. */
export interface Scheduled {
  cancel(): void;
}

/**
 * The only source of time. Code that needs the current time or a delay takes a `Clock`, so that a test moves time by
 * hand instead of waiting.
 */
export interface Clock {
  now(): Date;
  /** Runs `task` after `delayMs` milliseconds. Does not keep the process alive. */
  schedule(delayMs: number, task: () => void): Scheduled;
}

export const systemClock: Clock = {
  now: () => new Date(),
  schedule(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
};

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

  schedule(delayMs: number, task: () => void): Scheduled {
    const pending = { at: this.#now + delayMs, task };
    this.#pending.add(pending);
    return { cancel: () => this.#pending.delete(pending) };
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
