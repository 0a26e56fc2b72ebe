/** A scheduled task. `cancel` has no effect once the task has run. */
export interface Scheduled {
  cancel(): void;
}

/** The time as the guarded call needs it. */
export interface Clock {
  now(): Date;
  /** Milliseconds since a fixed moment, with fractions. Never goes back. */
  monotonicMs(): number;
  /** Runs `task` after `delayMs` milliseconds. `keepsAlive`: the process must not end before that. */
  schedule(delayMs: number, task: () => void, options?: { keepsAlive?: boolean }): Scheduled;
}
