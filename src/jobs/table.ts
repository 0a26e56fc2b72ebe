import { reconcileConsents } from '#usecases/banking/reconcile-consents.ts';
import { reconcileStaleReviews, holdToLevel, rescreenCustomers } from '#usecases/kyc/due.ts';
import { purgeAccesses, purgeCalls, purgeCustomers, purgeSecrets, purgeSignIns } from './purge.ts';
import type { Jobs } from './job.ts';

/** All scheduled jobs of Drop. */
export const allJobs: Jobs = {
  'follow-silent-reviews': { cron: '* * * * *', run: reconcileStaleReviews },
  'rescreen-customers': { cron: '* * * * *', run: rescreenCustomers },
  'hold-approvals-to-level': { cron: '* * * * *', run: holdToLevel },
  'read-consents': { cron: '*/5 * * * *', run: reconcileConsents },
  'forget-former-customers': { cron: '37 3 * * *', run: purgeCustomers },
  'forget-old-accesses': { cron: '23 3 * * *', run: purgeAccesses },
  'forget-old-sign-ins': { cron: '17 * * * *', run: purgeSignIns },
  'forget-provider-secrets': { cron: '29 * * * *', run: purgeSecrets },
  'forget-old-calls': { cron: '41 * * * *', run: purgeCalls },
};
