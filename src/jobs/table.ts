import { z } from 'zod';
import { sealDays } from '#usecases/audit/seal-days.ts';
import { watchAudit } from '#usecases/audit/watch.ts';
import { endDiscardedConsent } from '#usecases/banking/keep-grant.ts';
import type { EnqueuedJobs, UseCaseContext } from '#usecases/context.ts';
import { endOwedConsents } from '#usecases/banking/end-at-provider.ts';
import { readSettledBalances } from '#usecases/banking/read-settled-balances.ts';
import { reconcileConsents } from '#usecases/banking/reconcile-consents.ts';
import { remindOfConsents } from '#usecases/banking/tell-consent.ts';
import { reconcileStaleReviews, holdToLevel, rescreenCustomers } from '#usecases/kyc/due.ts';
import { alertMissingKeys } from '#usecases/operate/encryption-keys.ts';
import { compareFinalPayments } from '#usecases/payments/compare-final.ts';
import { remindOfPayments } from '#usecases/payments/remind.ts';
import { expireCopies } from '#usecases/privacy/copy/expire-copies.ts';
import { makeDataCopy } from '#usecases/privacy/copy/make-copy.ts';
import { continueClosings } from '#usecases/privacy/continue-closings.ts';
import { watchBreakers } from '#usecases/watch/breakers.ts';
import { watchCertificates } from '#usecases/watch/certificates.ts';
import { watchClosings } from '#usecases/watch/closings.ts';
import { sendHeartbeats } from '#usecases/watch/heartbeats.ts';
import { watchOverduePayments, watchUnknownPayments } from '#usecases/watch/payments.ts';
import { watchMetConditions } from '#usecases/watch/met.ts';
import { watchMails } from '#usecases/watch/mails.ts';
import { watchWebhooks } from '#usecases/watch/webhooks.ts';
import type { Schedule } from '#usecases/watch/stalled.ts';
import type { Job, Jobs } from './job.ts';
import { enqueuedLimits, scheduledLimits } from './limits.ts';
import { periodMs } from './period.ts';
import {
  purgeAccesses,
  purgeCalls,
  purgeComparisons,
  purgeCustomers,
  purgeDevices,
  purgeDrafts,
  purgeErrors,
  purgeMessages,
  purgeEmailAddresses,
  purgeSecrets,
  purgeSignIns,
} from './purge.ts';

const text = z.string().min(1);

/** The jobs that use cases enqueue. */
const enqueuedJobs: Readonly<Record<keyof EnqueuedJobs, Job>> = {
  'end-discarded-consent': enqueued(
    z.object({ provider: text, bankId: text, reference: text, connectionId: text }),
    endDiscardedConsent,
  ),
  'make-data-copy': enqueued(z.object({ copyId: text }), makeDataCopy),
};

/** All jobs of Drop, by name. */
export const allJobs: Jobs = {
  'follow-silent-reviews': scheduled('* * * * *', reconcileStaleReviews),
  'rescreen-customers': scheduled('* * * * *', rescreenCustomers),
  'hold-approvals-to-level': scheduled('* * * * *', holdToLevel),
  'read-consents': scheduled('*/5 * * * *', reconcileConsents),
  'end-consents-at-providers': scheduled('* * * * *', endOwedConsents),
  'close-accounts': scheduled('* * * * *', continueClosings),
  'remind-of-consents': scheduled('*/10 * * * *', remindOfConsents),
  'remind-of-payments': scheduled('13 * * * *', remindOfPayments),
  'forget-old-devices': scheduled('11 3 * * *', purgeDevices),
  'forget-old-messages': scheduled('7 3 * * *', purgeMessages),
  'forget-former-customers': scheduled('37 3 * * *', purgeCustomers),
  'forget-old-accesses': scheduled('23 3 * * *', purgeAccesses),
  'forget-old-sign-ins': scheduled('17 * * * *', purgeSignIns),
  'forget-provider-secrets': scheduled('29 * * * *', purgeSecrets),
  'compare-final-payments': scheduled('19 * * * *', compareFinalPayments),
  'read-settled-balances': scheduled('* * * * *', readSettledBalances),
  'forget-old-drafts': scheduled('53 * * * *', purgeDrafts),
  'forget-old-email-addresses': scheduled('47 * * * *', purgeEmailAddresses),
  'forget-old-copies': scheduled('33 * * * *', expireCopies),
  'forget-old-errors': scheduled('3 4 * * *', purgeErrors),
  'forget-old-comparisons': scheduled('57 3 * * *', purgeComparisons),
  'forget-old-calls': scheduled('41 * * * *', purgeCalls),
  'watch-breakers': scheduled('* * * * *', watchBreakers),
  'watch-unknown-payments': scheduled('* * * * *', watchUnknownPayments),
  'watch-overdue-payments': scheduled('*/5 * * * *', watchOverduePayments),
  'watch-webhooks': scheduled('* * * * *', watchWebhooks),
  'watch-mails': scheduled('* * * * *', watchMails),
  'watch-met-conditions': scheduled('* * * * *', watchMetConditions),
  'watch-encryption-keys': scheduled('51 * * * *', alertMissingKeys),
  'watch-closings': scheduled('27 * * * *', watchClosings),
  'watch-certificates': scheduled('7 * * * *', watchCertificates),
  'seal-audit-days': scheduled('37 * * * *', sealDays),
  'send-heartbeats': scheduled('* * * * *', (context) => sendHeartbeats(context, schedules)),
  'watch-audit': scheduled('43 3 * * *', watchAudit),
  ...enqueuedJobs,
};

/** The scheduled jobs, whose runs are watched. */
export const schedules: readonly Schedule[] = Object.entries(allJobs).flatMap(([job, { cron }]) =>
  cron === undefined ? [] : [{ job, periodMs: periodMs(cron) }],
);

/** A job by the clock; `cron` has five fields, in UTC. */
function scheduled(cron: string, work: (context: UseCaseContext, signal: AbortSignal) => Promise<void>): Job {
  return { cron, limits: scheduledLimits, run: (context, { signal }) => work(context, signal) };
}

/** A job that is enqueued with `data`, which is read by `schema`: another version of Drop may have written it. */
function enqueued<Data>(
  schema: z.ZodType<Data>,
  work: (context: UseCaseContext, data: Data, signal: AbortSignal) => Promise<void>,
): Job {
  return {
    limits: enqueuedLimits,
    run: async (context, { data, signal }) => work(context, schema.parse(data), signal),
  };
}
