import type { UseCaseContext } from '#usecases/context.ts';

/** Work that is done by the clock, by whichever process comes first. */
export interface Job {
  /** When: five fields, in UTC. */
  cron: string;
  /**
   * What. It may have been begun before by a process that died, so it can be done twice. `signal` aborts when this
   * process may no longer do it, because it stops or another one was given the job: then the work ends at its next
   * step, by throwing.
   */
  run(context: UseCaseContext, signal: AbortSignal): Promise<void>;
}

/** The jobs by name. The name is the queue's too. */
export type Jobs = Readonly<Record<string, Job>>;

/** How a run ended: by itself, by an error, or because this process had to let go of it. */
export type RunOutcome = 'done' | 'failed' | 'interrupted';
