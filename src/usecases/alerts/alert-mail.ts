import { alertHeading, alertText, presentable } from '#domain/alert-text.ts';
import type { Mail } from '#services/email/service.ts';
import { sha256 } from '#store/hash.ts';
import { raisedAlert, type MergedAlert } from './merge-alerts.ts';

export interface AlertMail {
  environment: string;
  /** The most severe first. */
  merged: readonly MergedAlert[];
  now: Date;
  /** Why Slack does not take them, and whether it refuses until an operator acts. */
  reason: string;
  isRefused: boolean;
}

/** The mail with alerts that Slack did not take. It says so, and what to do about it. */
export function alertMail(given: AlertMail): Omit<Mail, 'to'> {
  const { environment, merged, now } = given;
  const raised = merged.map((each) => {
    const { alert, ...occurrence } = raisedAlert(each, now);
    return { ...occurrence, alert: presentable(alert) };
  });
  const [first] = raised;
  const more = raised.length > 1 ? ` and ${raised.length - 1} more` : '';
  const subject = `${alertHeading(environment, first?.alert.severity ?? 'info')}: ${first?.alert.title ?? ''}${more}`;
  const text = [notice(given), ...raised.map((each) => alertText(environment, each))].join('\n\n');
  return {
    id: idOf(merged),
    subject,
    text,
    html: `<!doctype html><html lang="en"><body><pre>${escapeHtml(text)}</pre></body></html>`,
    locale: 'en',
  };
}

/**
 * Repeated with the same alerts, the mail has the same id. With others it has another one: if an answer was lost, the
 * recipient's server may drop a mail whose id it has seen.
 */
function idOf(merged: readonly MergedAlert[]): string {
  const alerts = merged.flatMap(({ entries }) => entries.map(({ id, lastSequence }) => [id, lastSequence]));
  return sha256(JSON.stringify(alerts)).toString('hex');
}

function notice({ reason, isRefused }: AlertMail): string {
  const state = isRefused
    ? 'Slack refuses alerts. They come by mail until an operator has acted, and slack is "fail" in the internal health.'
    : 'Slack does not take alerts at present. They come by mail until it does.';
  return `${state}\n${reason}`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
