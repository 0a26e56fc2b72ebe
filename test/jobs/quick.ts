import { scheduledLimits } from '#jobs/limits.ts';
import type { JobLimits } from '#jobs/port.ts';
import { productionTiming, type JobTiming } from '#jobs/timing.ts';

/** As quick as pg-boss allows. */
export const quickTiming: JobTiming = {
  ...productionTiming,
  pollSeconds: 0.5,
  scheduleSeconds: 1,
  forwardSeconds: 1,
  heartbeatSeconds: 10,
  superviseSeconds: 1,
  stopSeconds: 1,
};

export const quickLimits: JobLimits = { ...scheduledLimits, retryDelaySecondsMax: 1 };
