/** The time as the inbox needs it. */
export interface Clock {
  now(): Date;
  /** Runs `task` after `delayMs` milliseconds. `cancel` has no effect once it has run. */
  schedule(delayMs: number, task: () => void): { cancel(): void };
  /** Runs `task` once this turn of the event loop has read everything that arrived: what batches wait for. */
  afterTurn(task: () => void): void;
}
