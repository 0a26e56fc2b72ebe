import type { Severity } from '#domain/alert-text.ts';

/** What an alert says, before its parameters are known. */
export interface AlertText<Parameters> {
  severity: Severity;
  title: string;
  /**
   * Must not hold personal data or secrets. Alerts with the same text within a minute are sent as one with a count: a
   * text without an id is one alert for a cause that concerns many.
   */
  message: (parameters: Parameters) => string;
  /** What an operator does first, in one sentence. */
  action: (parameters: Parameters) => string;
}

export interface AlertKind<Parameters> extends AlertText<Parameters> {
  /** The file of its page in `docs/runbook/`: the title in lower case, with hyphens. */
  page: string;
}

/** An alert that is raised once for a condition, with a notice when the condition is over. */
export interface ConditionKind<Parameters> extends AlertKind<Parameters> {
  /** What the notice says, without how long the condition lasted. */
  over: (parameters: Parameters) => string;
}

/** What is added to the parameters of a condition when it is over. */
export interface Ended {
  /** How long it lasted, rounded. */
  minutes: number;
  /** The errors that had this cause: those that customers met, and the groups of logged errors that began. */
  gathered?: { errors: number; groups: readonly number[] };
}

export function kind<Parameters>(text: AlertText<Parameters>): AlertKind<Parameters> {
  return { ...text, page: pageOf(text.title) };
}

export function condition<Parameters>(
  text: AlertText<Parameters> & Pick<ConditionKind<Parameters>, 'over'>,
): ConditionKind<Parameters> {
  return { ...text, page: pageOf(text.title) };
}

/** The notice that a condition is over. It has the page of the condition. */
export function overOf<Parameters>(of: ConditionKind<Parameters>): AlertKind<Parameters & Ended> {
  return {
    severity: 'info',
    title: `Over: ${of.title}`,
    page: of.page,
    message: (parameters) =>
      `${of.over(parameters)} It lasted ${minutesText(parameters.minutes)}.${gatheredText(parameters)}`,
    action: ({ gathered: { groups: [id] } = { groups: [] } }) =>
      id === undefined
        ? 'Nothing more to do.'
        : `Nothing more to do; to see one: "npx drop errors show ${id}".`,
  };
}

/** Errors that had no alert of their own. */
function gatheredText({ gathered: { errors, groups } = { errors: 0, groups: [] } }: Ended): string {
  const met = errors === 0 ? '' : ` ${counted(errors, 'request')} of customers failed for it.`;
  if (groups.length === 0) return met;
  return `${met} Groups of errors that it began: ${groups.slice(0, groupsShownMax).join(', ')}.`;
}

const groupsShownMax = 10;

function pageOf(title: string): string {
  return `${title.toLowerCase().replaceAll(' ', '-')}.md`;
}

/** A time in minutes, in the unit that one reads at once. */
export function minutesText(minutes: number): string {
  if (minutes < 1) return 'less than a minute';
  if (minutes < 120) return counted(minutes, 'minute');
  if (minutes < 2 * 24 * 60) return counted(Math.round(minutes / 60), 'hour');
  return counted(Math.round(minutes / 60 / 24), 'day');
}

/** A number with its noun: `1 payment`, `2 payments`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
