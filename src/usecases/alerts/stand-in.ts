import type { Email } from '#services/email/service.ts';
import type { AlertOutcome, WaitingAlerts } from '#store/outbox/alerts.ts';
import { alertMail } from './alert-mail.ts';
import type { MergedAlert } from './merge-alerts.ts';
import type { AlertContext } from './raise.ts';

/** What takes the place of Slack: mail, where it is configured; then the log. */
export interface StandIn {
  /** `production`, `staging` or `sandbox`. */
  environment: string;
  /** The operators' address and the mail servers; absent without either. */
  mail: { to: string; email: Pick<Email, 'servers' | 'send'> } | undefined;
}

/** Longer than an attempt at each of two mail servers. */
export const standInMsMax = 60_000;

/** Why Slack does not take the alerts. */
export interface ChannelFailure {
  reason: string;
  /** Whether it refuses everything until an operator acts. */
  isRefused: boolean;
  /** Whether it refuses these alerts for what they are. */
  isMessageAtFault: boolean;
}

interface StoodIn {
  isMailed: boolean;
  outcomes: (Omit<AlertOutcome, 'at'> & { entries: readonly WaitingAlerts[] })[];
}

/**
 * Sends alerts by mail. If no mail server accepts them, they go to the log, once: critical ones then still wait for
 * Slack or mail, unless Slack can never take them; all others are dead.
 */
export async function giveToStandIn(
  context: AlertContext & StandIn,
  merged: readonly MergedAlert[],
  failure: ChannelFailure,
): Promise<StoodIn> {
  const { reason, isMessageAtFault } = failure;
  const isMailed = await sendMail(context, merged, failure);
  const error = reason;
  if (isMailed)
    return { isMailed, outcomes: merged.map(({ entries }) => ({ entries, status: 'delivered', error })) };
  for (const each of merged) if (!each.isLogged) logAlert(context, each, reason);
  const outcomes = merged.map(({ entries, alert }) => {
    const isKept = alert.severity === 'critical' && !isMessageAtFault;
    return { entries, status: isKept ? ('waiting' as const) : ('dead' as const), error };
  });
  return { isMailed, outcomes };
}

async function sendMail(
  { mail, environment, clock, log }: AlertContext & StandIn,
  merged: readonly MergedAlert[],
  failure: ChannelFailure,
): Promise<boolean> {
  if (!mail) return false;
  const letter = alertMail({ environment, merged, now: clock.now(), ...failure });
  for (const server of mail.email.servers) {
    const verdict = await mail.email.send({ ...letter, to: mail.to }, server);
    if (verdict.kind === 'accepted') return true;
    log('error', 'a mail with alerts was not accepted', { server, reason: verdict.reason });
  }
  return false;
}

function logAlert({ log }: AlertContext, { alert, count }: MergedAlert, reason: string): void {
  const { title, severity, message } = alert;
  log('error', 'an alert did not reach Slack', { severity, title, text: message, count, reason });
}
