import type { Scheduled } from '#domain/clock.ts';
import { assert } from '#domain/errors.ts';
import type { UseCaseContext } from '#usecases/context.ts';
import type { Jobs, RunOutcome } from './job.ts';
import type { Attempt, JobQueue } from './port.ts';
import { runJob } from './run.ts';
import { allJobs } from './table.ts';
import { productionTiming, type JobTiming } from './timing.ts';

export interface ScheduledWork {
  /**
   * Waits a limited time for the runs in progress; another process takes up those that have not ended by then. The time
   * is limited even when the database does not answer.
   */
  stop(): Promise<void>;
}

export interface ScheduledWorkOptions {
  context: UseCaseContext;
  queue: JobQueue;
  /** Those that `queue` was made for; all jobs of Drop unless given. */
  jobs?: Jobs;
  /** Called with the outcome of each run. */
  onRun: (name: string, outcome: RunOutcome) => void;
  timing?: Pick<JobTiming, 'stopSeconds' | 'returnSeconds'>;
}

/** Scheduled work begins after Drop serves requests, since loading it takes the processor for a moment. */
const beginAfterMs = 200;
const tryAgainAfterMs = 1_000;
const tryAgainAfterMsMax = 30_000;

/** Begins scheduled work after a short delay, and tries until it succeeds: the database may be unavailable at first. */
export function startJobs(options: ScheduledWorkOptions): ScheduledWork {
  const { context, queue, onRun, jobs = allJobs, timing = productionTiming } = options;
  const { stopSeconds, returnSeconds } = timing;
  const { clock, log } = context;
  let isStopped = false;
  let beginning: Promise<void> | undefined;
  let next: Scheduled | undefined;

  async function run(attempt: Attempt): Promise<void> {
    const job = jobs[attempt.name];
    assert(job, 'a queue is worked for the jobs that it was made for');
    await runJob(job, attempt, { context, onRun });
  }

  async function begin(failures: number): Promise<void> {
    try {
      await queue.work(run);
      log('info', 'scheduled work has begun');
    } catch (error) {
      const againInMs = Math.min(tryAgainAfterMs * 2 ** failures, tryAgainAfterMsMax);
      log('error', 'scheduled work did not begin, and is tried again', { error, againInMs });
      beginLater(againInMs, failures + 1);
    }
  }

  function beginLater(delayMs: number, failures: number): void {
    if (isStopped) return;
    next = clock.schedule(delayMs, () => {
      beginning = begin(failures);
    });
  }

  async function end(): Promise<void> {
    isStopped = true;
    next?.cancel();
    await beginning;
    await queue.close(stopSeconds * 1_000);
  }

  let stopping: Promise<void> | undefined;
  beginLater(beginAfterMs, 0);
  return {
    async stop() {
      stopping ??= end().catch((error: unknown) =>
        log('warn', 'scheduled work did not stop in order', { error }),
      );
      const { promise: late, resolve } = Promise.withResolvers<undefined>();
      const limit = clock.schedule((stopSeconds + returnSeconds) * 1_000, () => resolve(undefined));
      await Promise.race([stopping, late]);
      limit.cancel();
    },
  };
}
