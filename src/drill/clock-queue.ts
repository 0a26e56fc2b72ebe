import type { Clock } from '#domain/clock.ts';
import { periodMs } from '#jobs/period.ts';
import type { Attempt, JobQueue } from '#jobs/port.ts';
import { allJobs } from '#jobs/table.ts';

/** By then the transaction that enqueued a job has been committed. */
const enqueuedAfterMs = 1_000;

/** The queue of Drop's jobs by the clock of a drill: pg-boss goes by the time of the machine. */
export function createClockQueue(clock: Clock): JobQueue {
  let run: (attempt: Attempt) => Promise<void> = async () => undefined;
  let isClosed = false;
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();

  async function attempt(name: string, data: unknown): Promise<void> {
    const attempt = { name, data, retryCount: 0, signal: stopping.signal };
    // The run has logged why it failed; a scheduled job comes again.
    const done = run(attempt).catch(() => undefined);
    running.add(done);
    await done;
    running.delete(done);
  }

  /** At most one run of a job at a time. */
  function runLater(name: string, afterMs: number, everyMs: number): void {
    clock.schedule(afterMs, () => {
      if (!isClosed) void attempt(name, null).finally(() => runLater(name, everyMs, everyMs));
    });
  }

  return {
    async enqueue(_transaction, name, data) {
      clock.schedule(enqueuedAfterMs, () => void attempt(name, data));
    },
    async work(given) {
      run = given;
      for (const [name, { cron }] of Object.entries(allJobs))
        if (cron !== undefined) runLater(name, 0, periodMs(cron));
    },
    async close() {
      isClosed = true;
      stopping.abort();
      await Promise.all(running);
    },
  };
}
