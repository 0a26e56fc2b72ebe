import { durationText, guardedAlerts, guardedMetrics, guardedTexts } from '#services/guarded-texts.ts';
import type { Integration } from '#services/integration.ts';
import { timeoutMs } from './client.ts';
import { overlapMs } from './service.ts';

export const integration: Integration = {
  status: 'production',
  purpose:
    'Gives the variables that neither the environment nor a file gives, and rotates secrets of webhooks.',
  criticality: 'high',
  calls: {
    by: 'package',
    why: 'The SDK of AWS signs the calls and finds the role of the machine. Its requests go through the guarded call.',
  },
  authentication: 'SigV4, with the key that is configured or with the role of the machine.',
  retries: `${guardedTexts.retries} An answer may take ${durationText(timeoutMs)}.`,
  breaker: guardedTexts.breaker,
  fallback:
    'None at the start: a process without its secrets ends with a clear error. Later, Drop goes on with the values ' +
    `that it has, and takes the former version of a webhook's secret for ${durationText(overlapMs)}.`,
  rateLimits: '10,000 requests a second for an account. Drop reads each secret once in five minutes.',
  leaving: 'Low: environment variables and files give the same values.',
  alerts: [...guardedAlerts, 'start_failed'],
  metrics: guardedMetrics,
  dashboard: '`npx drop doctor`, which names the source of each secret',
};
