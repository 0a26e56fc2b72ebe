import { PgBoss } from 'pg-boss';
import { expect, onTestFinished } from 'vitest';
import type { Job, RunOutcome } from '#jobs/job.ts';
import { createPgBossQueue } from '#jobs/pg-boss/queue.ts';
import type { JobQueue } from '#jobs/port.ts';
import { startJobs, type ScheduledWork } from '#jobs/start.ts';
import type { JobTiming } from '#jobs/timing.ts';
import type { Store } from '#store/database.ts';
import { testContext, type TestContext } from '../support/context.ts';
import { quickLimits, quickTiming } from './quick.ts';

export const begun = 'scheduled work has begun';

/** A scheduled job that is not due by itself while a test runs. */
export const yearly = { cron: '0 0 1 1 *', limits: quickLimits };
/** For what pg-boss gets to in its own time. */
export const slowly = { timeout: 60_000 };

export interface Stand {
  context: TestContext;
  /** How the runs so far ended, in order. */
  outcomes: RunOutcome[];
  /** The details of what was logged under `message`. */
  logged(message: string): unknown[];
  /** The queue of another process, which does no jobs. */
  queue(): JobQueue;
  /** Begins the work as another process would, without waiting. */
  begin(): ScheduledWork;
  /** The same database as another version of Drop finds it, whose job is `job`. */
  withJob(job: Job): Stand;
}

/** One job on a database of its own, done in this process; ended with the test. */
export async function stand(job: Job, timing: JobTiming = quickTiming): Promise<Stand> {
  return standOn(await testContext(), job, timing);
}

function standOn(context: TestContext, job: Job, timing: JobTiming): Stand {
  const outcomes: RunOutcome[] = [];
  const onRun = (_name: string, outcome: RunOutcome): void => void outcomes.push(outcome);
  const jobs = { count: job };
  function queue(): JobQueue {
    const opened = createPgBossQueue({ url: context.store.url, jobs, timing, log: context.log });
    onTestFinished(() => opened.close(0));
    return opened;
  }
  return {
    context,
    outcomes,
    queue,
    logged: (wanted) =>
      context.logged.filter(({ message }) => message === wanted).map(({ details }) => details),
    begin() {
      const work = startJobs({ context, queue: queue(), jobs, timing, onRun });
      onTestFinished(() => work.stop());
      context.clock.advance(200);
      return work;
    },
    withJob: (other) => standOn(context, other, timing),
  };
}

/** Has the job done, once a process has begun. */
export async function due({ context, logged }: Stand): Promise<void> {
  await expect.poll(() => logged(begun), slowly).not.toEqual([]);
  const boss = await bossOf(context.store);
  await boss.send('count');
}

/** pg-boss without anything that it does by itself. */
export async function bossOf({ url }: Store): Promise<PgBoss> {
  const passive = { schedule: false, supervise: false, registerInstance: false };
  const boss = new PgBoss({ connectionString: url, schema: 'jobs', max: 1, ...passive });
  // A connection that breaks when the test's database goes is no matter.
  boss.on('error', () => undefined);
  onTestFinished(() => boss.stop({ graceful: false }));
  return boss.start();
}
