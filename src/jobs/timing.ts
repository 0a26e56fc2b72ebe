import type { JobDefinition } from './port.ts';

/** How soon a job begins, and is found to have lost its process. In seconds, which is pg-boss's unit. */
export interface JobTiming {
  /** How often each process asks whether a job is due. */
  pollSeconds: number;
  /** How often one of the processes takes due jobs from the schedule. */
  scheduleSeconds: number;
  /** How often jobs that were taken from the schedule are handed to their own queues. */
  forwardSeconds: number;
  /**
   * A process sends four heartbeats for its job in this time. A job without a heartbeat for this long is tried again.
   * pg-boss accepts no less than 10.
   */
  heartbeatSeconds: number;
  /** How often each process looks for jobs whose heartbeats have stopped. */
  superviseSeconds: number;
  /** How long a process that stops waits for its runs. */
  stopSeconds: number;
  /** How long it then takes, at the most, to return their jobs in the database. */
  returnSeconds: number;
}

/**
 * Polls and checks cost transactions while nothing is due, so they are as rare as a `takeUpSecondsMax` of 60 allows.
 */
export const productionTiming: JobTiming = {
  pollSeconds: 10,
  scheduleSeconds: 30,
  forwardSeconds: 5,
  heartbeatSeconds: 20,
  superviseSeconds: 12,
  stopSeconds: 5,
  returnSeconds: 3,
};

/** The longest first wait before a retry; pg-boss draws it from one second to two. */
const firstRetrySecondsMax = 2;

/**
 * The longest time, in seconds, from the death of a process until its job begins again: the last heartbeat expires, a
 * process checks for lost jobs, the wait before the retry passes, and a poll follows (two where the job was on its way
 * from the schedule to its queue). An enqueued job that had already failed several times waits for longer, as it does
 * after any of its failures. Checks are `superviseSeconds` apart. The dead process may have claimed a check that
 * it did not make. That check would have been made before the last heartbeat expires, so the greater of the two times
 * covers it.
 */
export function takeUpSecondsMax(timing: JobTiming, { cron, limits }: JobDefinition): number {
  const { heartbeatSeconds, superviseSeconds, forwardSeconds, pollSeconds } = timing;
  const waitSecondsMax = cron === undefined ? firstRetrySecondsMax : limits.retryDelaySecondsMax;
  const foundSeconds = Math.max(heartbeatSeconds, superviseSeconds) + superviseSeconds;
  return foundSeconds + waitSecondsMax + forwardSeconds + pollSeconds;
}
