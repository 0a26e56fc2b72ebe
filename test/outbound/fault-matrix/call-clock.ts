import type { ScheduleOptions, Scheduled } from '#domain/clock.ts';
import { ObligingClock } from '../guarded.ts';

/**
 * Every pause passes at once. The deadline of a call passes when a test says so, however slow the machine is: a request
 * that holds a call has then arrived.
 */
export class CallClock extends ObligingClock {
  readonly #deadlines = new Set<() => void>();

  override schedule(delayMs: number, task: () => void, options?: ScheduleOptions): Scheduled {
    if (options?.keepsAlive !== true) return super.schedule(delayMs, task, options);
    this.#deadlines.add(task);
    return { cancel: () => this.#deadlines.delete(task) };
  }

  /** The time of every call is up. */
  endCalls(): void {
    const due = [...this.#deadlines];
    this.#deadlines.clear();
    for (const task of due) task();
  }
}
