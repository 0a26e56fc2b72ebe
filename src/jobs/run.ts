import type { Job as QueuedJob } from 'pg-boss';
import { DropError } from '#domain/errors.ts';
import { withDeadline } from '#outbound/inherited-deadline.ts';
import type { UseCaseContext } from '#usecases/context.ts';
import type { Job, RunOutcome } from './job.ts';

/** The longest time for all outbound calls of one run together; the next run goes on where this one stopped. */
const callsMsMax = 120_000;

/** One run as pg-boss describes it: `retryCount` earlier runs failed or lost their process. */
export type Attempt = Pick<QueuedJob<unknown>, 'name' | 'retryCount' | 'signal'>;

export interface Runner {
  context: UseCaseContext;
  retriesMax: number;
  onRun: (name: string, outcome: RunOutcome) => void;
}

/**
 * Does a job once, and reports how it ended.
 *
 * @throws {DropError} `internal_error` when the job failed, so that pg-boss tries it again. The cause is logged and not
 * put into the error, since pg-boss stores the error.
 */
export async function runJob(job: Job, attempt: Attempt, runner: Runner): Promise<void> {
  const { context, onRun } = runner;
  const { name, signal, retryCount } = attempt;
  const shown = { job: name, attempt: retryCount + 1 };
  if (retryCount > 0)
    context.log('warn', 'a job is done again: its last run failed or lost its process', shown);
  try {
    await context.tracing.run({ name: `job ${name}`, kind: 'internal' }, () =>
      withDeadline(callsMsMax, context.clock, () => job.run(context, signal)),
    );
    onRun(name, 'done');
  } catch (error) {
    if (signal.aborted) context.log('warn', 'a job was interrupted', shown);
    else context.log('error', 'a job failed', { ...shown, isLast: retryCount >= runner.retriesMax, error });
    onRun(name, signal.aborted ? 'interrupted' : 'failed');
    throw new DropError('internal_error', { message: 'the run failed' });
  }
}
