import type { OpenTransaction } from '#store/database.ts';

/** How a job is tried again, and how long it may take. */
export interface JobLimits {
  /** How often a run that failed, or lost its process, is done again. After the last one the job is dead. */
  retriesMax: number;
  /** The longest wait before a retry. The first wait is a second or two, and each further one is twice as long. */
  retryDelaySecondsMax: number;
  /** How long a run may take in a live process before it is stopped and tried again. */
  runSecondsMax: number;
  /** The time for all outbound calls of a run together. */
  callSecondsMax: number;
  /** How long a job is kept once it is done or dead, so that an operator can look into it. */
  keptSeconds: number;
}

/** What a queue has to know of a job. */
export interface JobDefinition {
  /**
   * The schedule: five fields, in UTC. At most one instance of a scheduled job exists, waiting or active. Absent for
   * jobs that are only enqueued, of which any number may exist.
   */
  cron?: string;
  limits: JobLimits;
}

/** One run of a job. */
export interface Attempt {
  /** The name of the job. */
  name: string;
  /** As it was enqueued; null for a scheduled run. */
  data: unknown;
  /** How many earlier runs failed or lost their process. */
  retryCount: number;
  /** Aborts when this process may no longer do the job, because it stops or another process was given it. */
  signal: AbortSignal;
}

/** A durable queue of jobs, shared by all processes. `pg-boss/` is the one in production. */
export interface JobQueue {
  /**
   * Enqueues a job in the caller's transaction. It is done at least once if that commits, and never if it does not.
   * `data` is stored in plain text, so it names things by their ids and holds neither secrets nor personal data.
   */
  enqueue(transaction: OpenTransaction, name: string, data: object): Promise<void>;
  /**
   * Begins to do jobs, by `run`. A run that throws is tried again. May be called again after it failed.
   *
   * @throws when the database does not answer. Everything is closed then.
   */
  work(run: (attempt: Attempt) => Promise<void>): Promise<void>;
  /**
   * Waits up to `graceMs` milliseconds for the runs in progress, returns the rest to the queue, and closes the
   * connections. Nothing can be enqueued afterwards.
   */
  close(graceMs: number): Promise<void>;
}
