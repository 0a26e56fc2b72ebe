import type { Scheduled } from '#domain/clock.ts';
import type { UseCaseContext } from '#usecases/context.ts';
import { createBoss, workOptions, type Boss } from './boss.ts';
import type { Jobs, RunOutcome } from './job.ts';
import { prepareQueues } from './prepare.ts';
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
  /** Called with the outcome of each run. */
  onRun: (name: string, outcome: RunOutcome) => void;
  jobs?: Jobs;
  timing?: JobTiming;
}

/** Scheduled work begins after Drop serves requests, since loading it takes the processor for a moment. */
const beginAfterMs = 200;
const tryAgainAfterMs = 1_000;
const tryAgainAfterMsMax = 30_000;
/** The time, beyond that of the runs, to return their jobs in the database. */
const stopMsMore = 3_000;

/** Begins scheduled work after a short delay, and tries until it succeeds: the database may be unavailable at first. */
export function startJobs(options: ScheduledWorkOptions): ScheduledWork {
  const { clock, log } = options.context;
  const stopSeconds = (options.timing ?? productionTiming).stopSeconds;
  let begun: Boss | undefined;
  let isStopped = false;
  let beginning: Promise<void> | undefined;
  let next: Scheduled | undefined;

  async function begin(failures: number): Promise<void> {
    try {
      begun = await beginWork(options);
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
    await begun?.close(stopSeconds * 1_000);
  }

  let stopping: Promise<void> | undefined;
  beginLater(beginAfterMs, 0);
  return {
    async stop() {
      stopping ??= end().catch((error: unknown) =>
        log('warn', 'scheduled work did not stop in order', { error }),
      );
      const { promise: late, resolve } = Promise.withResolvers<undefined>();
      const limit = clock.schedule(stopSeconds * 1_000 + stopMsMore, () => resolve(undefined));
      await Promise.race([stopping, late]);
      limit.cancel();
    },
  };
}

/**
 * @throws when the database does not answer. Everything is closed then, since pg-boss cannot complete a start that
 * failed.
 */
async function beginWork(options: ScheduledWorkOptions): Promise<Boss> {
  const { context, onRun, jobs = allJobs, timing = productionTiming } = options;
  const { database, url } = context.store;
  const opened = await createBoss(url, { timing, log: context.log });
  const { boss } = opened;
  try {
    await boss.start();
    await prepareQueues(boss, { database, jobs, timing });
    const runner = { context, onRun, retriesMax: timing.retriesMax };
    for (const [name, job] of Object.entries(jobs)) {
      await boss.work(name, workOptions(timing), async ([attempt]) => {
        if (attempt) await runJob(job, attempt, runner);
      });
    }
    return opened;
  } catch (error) {
    await opened.close(0).catch(() => undefined);
    throw error;
  }
}
