import { redactText } from './redaction.ts';
import { shownText } from './shown-text.ts';

export type Severity = 'info' | 'warning' | 'critical';

/**
 * A message to the operators. It must not contain personal data or secrets; `presentable` removes known forms of both
 * as a second line of defence.
 */
export interface Alert {
  severity: Severity;
  title: string;
  message: string;
}

/** An alert, and what is known of its occurrence. */
export interface RaisedAlert {
  alert: Alert;
  raisedAt: Date;
  /** The number of identical alerts, and the seconds within which they were raised. */
  repetition: { count: number; seconds: number };
}

const emojis: Record<Severity, string> = { info: 'ℹ️', warning: '⚠️', critical: '🚨' };

const titleLengthMax = 150;
const messageLengthMax = 3_000;
/** Longer input is truncated before it is searched for secrets, to bound the search. */
const inputLengthMax = 20_000;

/** The four lines of an alert, as plain text. */
export function alertText(environment: string, { alert, raisedAt, repetition }: RaisedAlert): string {
  const { count, seconds } = repetition;
  const repeated = count > 1 ? ` (×${count} in ${seconds} s)` : '';
  return [
    alertHeading(environment, alert.severity),
    `Title: ${alert.title}`,
    `Message: ${alert.message}${repeated}`,
    `Time: ${raisedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
  ].join('\n');
}

/** The first line of an alert. */
export function alertHeading(environment: string, severity: Severity): string {
  return `${emojis[severity]} Drop ${capitalised(environment)} Alert — ${capitalised(severity)}`;
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

function shortened(text: string, lengthMax: number): string {
  const characters = [...text];
  return characters.length <= lengthMax ? text : `${characters.slice(0, lengthMax - 1).join('')}…`;
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
