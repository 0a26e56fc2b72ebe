import type { Job as QueuedJob } from 'pg-boss';
import { DropError } from '#domain/errors.ts';
import { withDeadline } from '#outbound/inherited-deadline.ts';
import type { UseCaseContext } from '#usecases/context.ts';
import type { Job, RunOutcome } from './job.ts';

/** What the outbound calls of one run may take together; the next run goes on where this one stopped. */
const callsMsMax = 120_000;

/** What pg-boss says of one run: `retryCount` runs came before it, and failed or lost their process. */
export type Attempt = Pick<QueuedJob<unknown>, 'name' | 'retryCount' | 'signal'>;

export interface Runner {
  context: UseCaseContext;
  retriesMax: number;
  onRun: (name: string, outcome: RunOutcome) => void;
}

/**
 * Does a job once, and says how it ended.
 *
 * @throws {DropError} `internal_error` when it failed, so that it is tried again. The reason is in the log and not in
 *   the error, since pg-boss keeps that.
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
