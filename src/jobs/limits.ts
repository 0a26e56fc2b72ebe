import type { JobLimits } from './port.ts';

const limits = { runSecondsMax: 300, callSecondsMax: 120 };

/** A scheduled job soon stops trying: its next scheduled time brings it back. */
export const scheduledLimits: JobLimits = {
  ...limits,
  retriesMax: 10,
  retryDelaySecondsMax: 10,
  keptSeconds: 3_600,
};

/** Nothing brings an enqueued job back, so it is tried for a day: most outages of a provider are over by then. */
export const enqueuedLimits: JobLimits = {
  ...limits,
  retriesMax: 35,
  retryDelaySecondsMax: 3_600,
  keptSeconds: 14 * 86_400,
};

/** For how many seconds, at the least, a job is tried again whose runs fail at once. */
export function triedSecondsMin({ retriesMax, retryDelaySecondsMax }: JobLimits): number {
  const waits = Array.from({ length: retriesMax }, (_, retry) => Math.min(retryDelaySecondsMax, 2 ** retry));
  return waits.reduce((sum, wait) => sum + wait, 0);
}
