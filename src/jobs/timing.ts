/**
 * How soon a job begins, is found to have lost its process, and is tried again. In seconds, which is pg-boss's unit.
 */
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
  /** The longest wait before a retry. The first wait is a second or two, and each further one is twice as long. */
  retryDelaySecondsMax: number;
  /** How often a failed job is tried again before it waits for its next scheduled time. */
  retriesMax: number;
  /** How long a run may take in a live process before it is stopped and tried again. */
  runSecondsMax: number;
  /** How long a process that stops waits for its runs. */
  stopSeconds: number;
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
  retryDelaySecondsMax: 10,
  retriesMax: 10,
  runSecondsMax: 300,
  stopSeconds: 5,
};

/**
 * The longest time, in seconds, from the death of a process until its job begins again: the last heartbeat expires, a
 * process checks for lost jobs, the wait before the retry passes, and a poll follows (two where the job was on its way
 * from the schedule to its queue). Checks are `superviseSeconds` apart. The dead process may have claimed a check that
 * it did not make. That check would have been made before the last heartbeat expires, so the greater of the two times
 * covers it.
 */
export function takeUpSecondsMax(timing: JobTiming): number {
  const { heartbeatSeconds, superviseSeconds, retryDelaySecondsMax, forwardSeconds, pollSeconds } = timing;
  const foundSeconds = Math.max(heartbeatSeconds, superviseSeconds) + superviseSeconds;
  return foundSeconds + retryDelaySecondsMax + forwardSeconds + pollSeconds;
}
