import { durationText, guardedAlerts, guardedMetrics, guardedTexts } from '#services/guarded-texts.ts';
import type { Integration } from '#services/integration.ts';
import { timeoutMs } from './client.ts';
import { attemptsMax, intervalMs } from './delivery.ts';

export const integration: Integration = {
  status: 'production',
  purpose: 'Operational alerts to the channel #drop-ops.',
  criticality: 'low',
  calls: {
    by: 'direct calls',
    why: "One POST. Slack's package repeats nothing and reads neither `Retry-After` nor the words of a refusal.",
  },
  authentication: 'The address of the incoming webhook contains the token, and is a secret.',
  retries:
    'Alerts wait in the outbox and are sent until Slack takes them or the second channel has them. If the ' +
    `database does not answer, an alert is sent from memory, in at most ${attemptsMax} attempts of ` +
    `${durationText(timeoutMs)}.`,
  breaker: guardedTexts.breaker,
  fallback: 'Every alert is a line of the log, too. One that Slack does not take in time goes out by mail.',
  rateLimits: `One message in ${durationText(intervalMs)}; after a 429, as long as \`Retry-After\` says.`,
  leaving: 'Low: another channel is a client of two methods.',
  alerts: guardedAlerts,
  metrics: [
    ...guardedMetrics,
    'drop_alerts_total',
    'drop_open_alerts',
    'drop_outbox_waiting',
    'drop_outbox_dead',
  ],
  dashboard: '`npx drop outbox list`',
};
