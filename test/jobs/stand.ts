import { PgBoss } from 'pg-boss';
import { expect, onTestFinished } from 'vitest';
import type { Job, RunOutcome } from '#jobs/job.ts';
import { startJobs, type ScheduledWork } from '#jobs/start.ts';
import type { JobTiming } from '#jobs/timing.ts';
import type { Store } from '#store/database.ts';
import { testContext, type TestContext } from '../support/context.ts';
import { quickTiming } from './worker.ts';

export const begun = 'scheduled work has begun';

/** Not due by itself while a test runs. */
export const yearly = '0 0 1 1 *';
/** For what pg-boss gets to in its own time. */
export const slowly = { timeout: 15_000 };

export interface Stand {
  context: TestContext;
  /** How the runs so far ended, in order. */
  outcomes: RunOutcome[];
  /** The details of what was logged under `message`. */
  logged(message: string): unknown[];
  /** Begins the work as another process would, without waiting. */
  begin(): ScheduledWork;
}

/** One job on a database of its own, done in this process; ended with the test. */
export async function stand(job: Job, timing: JobTiming = quickTiming): Promise<Stand> {
  const context = await testContext();
  const outcomes: RunOutcome[] = [];
  const onRun = (_name: string, outcome: RunOutcome): void => void outcomes.push(outcome);
  return {
    context,
    outcomes,
    logged: (wanted) =>
      context.logged.filter(({ message }) => message === wanted).map(({ details }) => details),
    begin() {
      const work = startJobs({ context, jobs: { count: job }, timing, onRun });
      onTestFinished(() => work.stop());
      context.clock.advance(200);
      return work;
    },
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
