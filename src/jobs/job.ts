import type { UseCaseContext } from '#usecases/context.ts';

/** Scheduled work, done by the process that takes it first. */
export interface Job {
  /** The schedule: five fields, in UTC. */
  cron: string;
  /**
   * Does the work. A process that died may have begun it before, so it can be done twice. `signal` aborts when this
   * process may no longer do it, because it stops or another process was given the job: then the work ends at its next
   * step, by throwing.
   */
  run(context: UseCaseContext, signal: AbortSignal): Promise<void>;
}

/** The jobs by name. The name is the queue's too. */
export type Jobs = Readonly<Record<string, Job>>;

/** How a run ended: completed, failed with an error, or interrupted because this process had to give up the job. */
export type RunOutcome = 'done' | 'failed' | 'interrupted';
