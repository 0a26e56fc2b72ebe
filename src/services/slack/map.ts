import { redactText } from '#domain/redaction.ts';
import { shownText } from '#domain/shown-text.ts';
import type { Alert, Severity } from './service.ts';

const emojis: Record<Severity, string> = { info: 'ℹ️', warning: '⚠️', critical: '🚨' };

const titleLengthMax = 150;
const messageLengthMax = 3_000;
/** Longer input is truncated before it is searched for secrets, to bound the search. */
const inputLengthMax = 20_000;

export interface AlertText {
  environment: string;
  alert: Alert;
  raisedAt: Date;
  /** The number of identical alerts, and the seconds within which they were raised. */
  repetition: { count: number; seconds: number };
}

/** The text of an alert, in Slack's mrkdwn. */
export function toSlackText({ environment, alert, raisedAt, repetition }: AlertText): string {
  const { count, seconds } = repetition;
  const repeated = count > 1 ? ` (×${count} in ${seconds} s)` : '';
  return [
    `${emojis[alert.severity]} Drop ${capitalised(environment)} Alert — ${capitalised(alert.severity)}`,
    `Title: ${escapeMrkdwn(alert.title)}`,
    `Message: ${escapeMrkdwn(alert.message)}${repeated}`,
    `Time: ${raisedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
  ].join('\n');
}

/**
 * Removes secrets and personal data from an alert, puts each field on one line (so that a message cannot imitate the
 * lines around it), and truncates it to what Slack shows.
 */
export function presentable(alert: Alert, secrets: readonly string[] = []): Alert {
  const clean = (text: string, lengthMax: number): string => {
    const redacted = redactText(text.slice(0, inputLengthMax), secrets);
    // Redacted again, because invisible characters may have split a sensitive number before `shownText` removed them.
    return shortened(redactText(shownText(redacted), secrets), lengthMax);
  };
  return {
    severity: alert.severity,
    title: clean(alert.title, titleLengthMax),
    message: clean(alert.message, messageLengthMax),
  };
}

/**
 * Slack's three control characters. Unescaped, `<!channel>` in an error message would notify the whole channel, and
 * `<https://…|text>` would disguise a link.
 */
function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function shortened(text: string, lengthMax: number): string {
  const characters = [...text];
  return characters.length <= lengthMax ? text : `${characters.slice(0, lengthMax - 1).join('')}…`;
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
