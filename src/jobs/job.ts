import type { UseCaseContext } from '#usecases/context.ts';
import type { Attempt, JobDefinition } from './port.ts';

/** Work beside requests, done by the process that takes it first. */
export interface Job extends JobDefinition {
  /**
   * Does the work. A process that died may have begun it before, so it can be done twice. When the run's signal aborts,
   * the work ends at its next step, by throwing.
   */
  run(context: UseCaseContext, attempt: Pick<Attempt, 'data' | 'signal'>): Promise<void>;
}

/** The jobs by name. The name is the queue's too. */
export type Jobs = Readonly<Record<string, Job>>;

/** How a run ended: completed, failed with an error, or interrupted because this process had to give up the job. */
export type RunOutcome = 'done' | 'failed' | 'interrupted';
