import { durationText, guardedAlerts, guardedMetrics, guardedTexts } from '#services/guarded-texts.ts';
import type { Integration } from '#services/integration.ts';
import { ratesOfSumsub, shareOfCalls, waitMsMax } from './rate-limit.ts';
import { timeoutMs } from './signed-calls.ts';

const { GET, POST } = ratesOfSumsub;

export const integration: Integration = {
  status: 'production',
  purpose:
    'Verification of customers: document, liveness, face match, sanctions, politically exposed persons.',
  criticality: 'high',
  calls: {
    by: 'direct calls',
    why:
      'Sumsub publishes no package for servers. In the browser its WebSDK is loaded from Sumsub, as it must be; ' +
      'only its types are installed.',
  },
  authentication:
    'Each request is signed (HMAC-SHA-256) beside the app token; webhooks have a secret of their own.',
  retries: `${guardedTexts.retries} Every call may be repeated. A call ends after ${durationText(timeoutMs)}.`,
  breaker: guardedTexts.breaker,
  fallback:
    'The customer reads that verification is temporarily unavailable. Verified customers pay as before. Reviews ' +
    'whose webhook is missing are read by the clock.',
  rateLimits:
    `Sumsub allows ${GET.callsMax} reads and ${POST.callsMax} other calls in ${durationText(GET.windowMs)}. Drop ` +
    `uses ${shareOfCalls * 100} % of it in each process, and refuses a call that would wait longer than ` +
    `${durationText(waitMsMax)}.`,
  leaving:
    'Medium: a folder for the new provider. Its verdicts cannot be taken along, so either old approvals stay ' +
    'valid or customers are verified again.',
  alerts: [
    ...guardedAlerts,
    'webhooks_refused',
    'webhook_given_up',
    'closing_stalled',
    'applicant_hidden',
    'customer_rejected',
    'approval_lost',
    'verification_level_changed',
  ],
  metrics: [...guardedMetrics, 'drop_webhook_refusals_total'],
  dashboard: "`npx drop kyc`, and Sumsub's own console",
};
