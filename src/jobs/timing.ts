/** How soon a job is begun, found to have lost its process, and tried again. In seconds, which is pg-boss's unit. */
export interface JobTiming {
  /** How often each process asks whether a job is due. */
  pollSeconds: number;
  /** How often one of the processes takes from the schedule what has come due. */
  scheduleSeconds: number;
  /** How often what was taken from the schedule is handed to the job's own queue. */
  forwardSeconds: number;
  /**
   * A process says four times in this time that it is at the job. Whose has not been heard of for so long is tried
   * again. pg-boss takes no less than 10.
   */
  heartbeatSeconds: number;
  /** How often each process looks for jobs whose process is not heard of. */
  superviseSeconds: number;
  /** A job is tried again after a second or two, then after twice as long, and at last after this. */
  retryDelaySecondsMax: number;
  /** How often a job is tried again until it waits for its next time. */
  retriesMax: number;
  /** How long a run may take in a process that lives; then it is stopped, and tried again. */
  runSecondsMax: number;
  /** How long a process that stops waits for the runs it has in hand. */
  stopSeconds: number;
}

/** Polls and looks cost transactions while nothing is due, so they are as rare as `takeUpSecondsMax` of 60 allows. */
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
 * How many seconds after its process died a job is begun again at the latest. The last sign of life grows old; a
 * process looks; the next try is waited for; and so is a poll, two where the job was on its way from the schedule to
 * its queue. Looks are `superviseSeconds` apart. The one that the dead process claimed may be missing; it would have
 * been over before the last sign of life is old, which the greater of the two stands for.
 */
export function takeUpSecondsMax(timing: JobTiming): number {
  const { heartbeatSeconds, superviseSeconds, retryDelaySecondsMax, forwardSeconds, pollSeconds } = timing;
  const foundSeconds = Math.max(heartbeatSeconds, superviseSeconds) + superviseSeconds;
  return foundSeconds + retryDelaySecondsMax + forwardSeconds + pollSeconds;
}
