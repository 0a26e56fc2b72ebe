import { durationText, guardedAlerts, guardedMetrics, guardedTexts } from '#services/guarded-texts.ts';
import type { Integration } from '#services/integration.ts';
import { timeoutMs } from './client.ts';

export const integration: Integration = {
  status: 'production',
  purpose: 'Watches Drop from outside, and tells operators and the public when it does not answer.',
  criticality: 'low',
  calls: {
    by: 'direct calls',
    why:
      'BetterStack publishes no package for Node. Drop calls a heartbeat address, and a command the API of ' +
      'monitors.',
  },
  authentication:
    'A heartbeat address contains its token. The API takes a bearer token, which only the command has.',
  retries:
    `${guardedTexts.retries} A heartbeat ends after ${durationText(timeoutMs)}; the next one follows in a ` +
    'minute.',
  breaker: guardedTexts.breaker,
  fallback: 'None is needed: Drop serves on. What is wrong is still an alert by Slack or mail.',
  rateLimits: 'None published. The command sends one request at a time, and waits after a 429.',
  leaving: 'Low: monitors are declared in code, and another watcher reads the same `/api/health`.',
  alerts: [...guardedAlerts, 'work_stalled'],
  metrics: guardedMetrics,
  dashboard: 'The status page https://drop-status.betteruptime.com, and `npx drop monitors`',
};
