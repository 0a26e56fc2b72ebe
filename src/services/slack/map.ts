import { redactText } from '#domain/redaction.ts';
import { shownText } from '#domain/shown-text.ts';
import type { Alert, Severity } from './service.ts';

const emojis: Record<Severity, string> = { info: 'ℹ️', warning: '⚠️', critical: '🚨' };

const titleLengthMax = 150;
const messageLengthMax = 3_000;
/** Longer input is cut before it is searched for secrets, so that the search has a bound. */
const inputLengthMax = 20_000;

export interface AlertText {
  environment: string;
  alert: Alert;
  raisedAt: Date;
  /** How many identical alerts this one stands for, and the seconds they came in. */
  repetition: { count: number; seconds: number };
}

/** An alert as the operators read it, in Slack's mrkdwn. */
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
 * The alert without secrets and personal data, each field on one line (so that a message cannot imitate the lines
 * around it) and no longer than Slack shows.
 */
export function presentable(alert: Alert, secrets: readonly string[] = []): Alert {
  const clean = (text: string, lengthMax: number): string => {
    const redacted = redactText(text.slice(0, inputLengthMax), secrets);
    // Once more: what cannot be seen may have parted a number that is none of the operators' to see.
    return shortened(redactText(shownText(redacted), secrets), lengthMax);
  };
  return {
    severity: alert.severity,
    title: clean(alert.title, titleLengthMax),
    message: clean(alert.message, messageLengthMax),
  };
}

/**
 * Slack's three control characters. Unescaped, `<!channel>` in an error message would call everybody, and
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
