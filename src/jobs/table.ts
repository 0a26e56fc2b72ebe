import { reconcileStaleReviews, holdToLevel, rescreenCustomers } from '#usecases/kyc/due.ts';
import type { UseCaseContext } from '#usecases/context.ts';
import type { Job, Jobs } from './job.ts';
import { scheduledLimits } from './limits.ts';
import { purgeAccesses, purgeCalls, purgeCustomers, purgeSignIns } from './purge.ts';

/** All jobs of Drop, by name. */
export const allJobs: Jobs = {
  'follow-silent-reviews': scheduled('* * * * *', reconcileStaleReviews),
  'rescreen-customers': scheduled('* * * * *', rescreenCustomers),
  'hold-approvals-to-level': scheduled('* * * * *', holdToLevel),
  'forget-former-customers': scheduled('37 3 * * *', purgeCustomers),
  'forget-old-accesses': scheduled('23 3 * * *', purgeAccesses),
  'forget-old-sign-ins': scheduled('17 * * * *', purgeSignIns),
  'forget-old-calls': scheduled('41 * * * *', purgeCalls),
};

/** A job by the clock; `cron` has five fields, in UTC. */
function scheduled(cron: string, work: (context: UseCaseContext, signal: AbortSignal) => Promise<void>): Job {
  return { cron, limits: scheduledLimits, run: (context, { signal }) => work(context, signal) };
}
