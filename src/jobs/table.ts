import { followSilentReviews, holdToLevel, rescreenCustomers } from '#usecases/kyc/due.ts';
import { forgetAccesses, forgetCalls, forgetCustomers, forgetSignIns } from './purge.ts';
import type { Jobs } from './job.ts';

/** All scheduled jobs of Drop. */
export const allJobs: Jobs = {
  'follow-silent-reviews': { cron: '* * * * *', run: followSilentReviews },
  'rescreen-customers': { cron: '* * * * *', run: rescreenCustomers },
  'hold-approvals-to-level': { cron: '* * * * *', run: holdToLevel },
  'forget-former-customers': { cron: '37 3 * * *', run: forgetCustomers },
  'forget-old-accesses': { cron: '23 3 * * *', run: forgetAccesses },
  'forget-old-sign-ins': { cron: '17 * * * *', run: forgetSignIns },
  'forget-old-calls': { cron: '41 * * * *', run: forgetCalls },
};
