import { customerSteps } from './customers.ts';
import type { DrillResult, Minute } from './drill.ts';

/** The report of a drill as a page of Markdown. */
export function reportOf(result: DrillResult, at: Date): string {
  const { subject, downMinutes, minutes, outcomes, remaining } = result;
  return [
    `# Drill: ${subject} is down for ${downMinutes} minutes`,
    '',
    `Run on ${at.toISOString()}, in a sandbox with a clock of its own. Minute 0 is the first of the outage.`,
    '',
    '## In short',
    '',
    ...summary(minutes).map((line) => `- ${line}`),
    `- Payments that Drop took (the latest hundred): ${counted(outcomes)}.`,
    `- At the end: ${remaining.length === 0 ? 'everything works as before.' : `${remaining.join('; ')}.`}`,
    '',
    '## What customers read',
    '',
    ...texts(minutes),
    '',
    '## Minute by minute',
    '',
    '| Minute | Phase | Customers cannot | Slack | BetterStack | Mail and SMS |',
    '| ---: | --- | --- | --- | --- | --- |',
    ...minutes.map(row),
    '',
  ].join('\n');
}

function summary(minutes: readonly Minute[]): string[] {
  const isDown = (minute: Minute): boolean => minute.phase !== 'before';
  const first = (what: string, happened: (minute: Minute) => boolean): string => {
    const found = minutes.filter(isDown).find(happened);
    return found === undefined ? `${what}: never.` : `${what}: in minute ${found.minute}.`;
  };
  const failed = customerSteps.filter((step) =>
    minutes.some(({ phase, answers }) => phase === 'down' && !answers[step].ok),
  );
  return [
    failed.length === 0 ? 'Customers could do everything.' : `Customers could not: ${failed.join(', ')}.`,
    first('First message in Slack', ({ seen }) => seen.slack.length > 0),
    first('First incident at BetterStack', ({ seen }) => seen.betterStack.length > 0),
    first('First mail to operators', ({ seen }) => seen.people.some(isToOperators)),
    first('First SMS', ({ seen }) => seen.people.some((line) => line.startsWith('SMS '))),
    first(
      'Customers could do everything again',
      ({ phase, answers }) => phase === 'recovering' && customerSteps.every((step) => answers[step].ok),
    ),
  ];
}

function isToOperators(line: string): boolean {
  return line.startsWith('mail to operators');
}

function counted(outcomes: ReadonlyMap<string, number>): string {
  return [...outcomes].map(([status, count]) => `${count} ${status}`).join(', ') || 'none';
}

/** Each answer that failed, once, with the text. */
function texts(minutes: readonly Minute[]): string[] {
  const rows = minutes.flatMap(({ answers }) =>
    customerSteps.flatMap((step) => {
      const { ok, result, text } = answers[step];
      return ok ? [] : [`| ${step} | ${cell(result)} | ${cell(text)} |`];
    }),
  );
  if (rows.length === 0) return ['No step of a customer failed.'];
  return ['| Step | Answer | Text |', '| --- | --- | --- |', ...new Set(rows)];
}

function row({ minute, phase, answers, seen }: Minute): string {
  const failed = customerSteps.filter((step) => !answers[step].ok);
  const cells = [
    failed.map((step) => `${step} (${answers[step].result})`),
    seen.slack,
    seen.betterStack,
    seen.people,
  ];
  return `| ${minute} | ${phase} | ${cells.map((lines) => lines.map(cell).join('<br>')).join(' | ')} |`;
}

function cell(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
}
