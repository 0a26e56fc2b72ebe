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
   * Waits for the runs in hand, but not for long; what is not over by then another process takes up. Bounded in time
   * also where the database does not answer.
   */
  stop(): Promise<void>;
}

export interface ScheduledWorkOptions {
  context: UseCaseContext;
  /** Told how each run ended. */
  onRun: (name: string, outcome: RunOutcome) => void;
  jobs?: Jobs;
  timing?: JobTiming;
}

/** Drop serves before its scheduled work begins: to load it takes the processor for a moment. */
const beginAfterMs = 200;
const tryAgainAfterMs = 1_000;
const tryAgainAfterMsMax = 30_000;
/** Beyond what the runs get, for the database to be told. */
const stopMsMore = 3_000;

/** Begins scheduled work a moment later, and tries until it has: a database that is away comes back. */
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

/** @throws where the database does not answer; then nothing is left open, since what is half started stays so. */
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
