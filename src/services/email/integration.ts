import { mailRetryMs } from '#domain/notice/mail-ladder.ts';
import { durationText } from '#services/guarded-texts.ts';
import type { Integration } from '#services/integration.ts';
import { attemptMsMax } from './client.ts';
import { connectionsMax, mailsPerSecondMax } from './connections.ts';

const waits = mailRetryMs.map((waitMs) => `${waitMs / 1_000} s`).join(', ');

export const integration: Integration = {
  status: 'production',
  purpose: 'Mail to customers, and alerts by mail to operators.',
  criticality: 'medium',
  calls: {
    by: 'package',
    why: "`nodemailer` speaks SMTP, with pooled connections; the verdict on an answer is Drop's.",
  },
  authentication: 'User and password of each server, over TLS.',
  retries:
    `Mail waits in the outbox and is tried again after ${waits}; an attempt ends after ` +
    `${durationText(attemptMsMax)}.`,
  breaker: 'One attempt shows that a server does not answer; mail then waits for it as above.',
  fallback: 'A second server after the last attempt. The same message is in the app in any case.',
  rateLimits: `${mailsPerSecondMax} mails a second and ${connectionsMax} connections for each server and process.`,
  leaving: 'Low: every provider speaks SMTP. A new sender needs its DNS records, and bounces a new address.',
  alerts: ['mail_given_up', 'mails_not_accepted', 'mail_server_unusable', 'closing_stalled'],
  metrics: [
    'http_client_request_duration_seconds',
    'drop_outbox_waiting',
    'drop_outbox_oldest_waiting_seconds',
    'drop_outbox_dead',
  ],
  dashboard: '`npx drop outbox list`',
};
