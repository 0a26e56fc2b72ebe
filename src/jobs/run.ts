import { DropError } from '#domain/errors.ts';
import { withDeadline } from '#outbound/inherited-deadline.ts';
import { noteRun } from '#store/scheduled-runs.ts';
import type { UseCaseContext } from '#usecases/context.ts';
import type { Job, RunOutcome } from './job.ts';
import type { Attempt } from './port.ts';

export interface Runner {
  context: UseCaseContext;
  onRun: (name: string, outcome: RunOutcome) => void;
}

/**
 * Does a job once, and reports how it ended.
 *
 * @throws {DropError} `internal_error` when the job failed, so that the queue tries it again. The cause is logged and
 * not put into the error, since the queue stores the error.
 */
export async function runJob(job: Job, attempt: Attempt, { context, onRun }: Runner): Promise<void> {
  const { name, signal, retryCount } = attempt;
  const { callSecondsMax, retriesMax } = job.limits;
  const shown = { job: name, attempt: retryCount + 1 };
  if (retryCount > 0)
    context.log('warn', 'a job is done again: its last run failed or lost its process', shown);
  try {
    await context.tracing.run({ name: `job ${name}`, kind: 'internal' }, () =>
      withDeadline(callSecondsMax * 1_000, context.clock, () => job.run(context, attempt)),
    );
    onRun(name, 'done');
    if (job.cron !== undefined) await noteDone(context, name);
  } catch (error) {
    if (signal.aborted) context.log('warn', 'a job was interrupted', shown);
    else context.log('error', 'a job failed', { ...shown, isLast: retryCount >= retriesMax, error });
    onRun(name, signal.aborted ? 'interrupted' : 'failed');
    throw new DropError('internal_error', { message: 'the run failed' });
  }
}

/** A run is watched by when it was done. One that could not be noted was done all the same. */
async function noteDone({ store, clock, log }: UseCaseContext, job: string): Promise<void> {
  await noteRun(store.database, job, clock.now()).catch((error: unknown) =>
    log('warn', 'the run of a job was not noted', { job, error }),
  );
}
