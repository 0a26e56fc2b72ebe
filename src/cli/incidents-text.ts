import type { ReportClock } from '#domain/incident/clocks.ts';
import type { Incident, IncidentReport } from '#domain/incident/incident.ts';
import { moneyToDecimal } from '#domain/money.ts';
import type { AssessedIncident } from '#usecases/incidents/assess.ts';
import type { ReportField } from '#usecases/incidents/report.ts';
import type { ListedIncident } from '#usecases/incidents/search.ts';
import { lineOfCells, minuteOf, type Column } from './table.ts';

/** The report that is due next stays on a narrow terminal: its clock runs. */
export const columns: readonly Column<ListedIncident>[] = [
  { title: 'ID', of: ({ incident }) => `${incident.id}`, min: 4, right: true },
  { title: 'STARTED', of: ({ incident }) => minuteOf(incident.startedAt), spare: 2 },
  { title: 'STATE', of: ({ incident }) => stateOf(incident), min: 10, spare: 1 },
  { title: 'NEXT REPORT', of: nextReportOf },
  { title: 'TITLE', of: ({ incident }) => incident.title },
];

function nextReportOf({ clocks }: ListedIncident): string {
  const next = clocks.find(({ state }) => state === 'due' || state === 'overdue');
  return next ? `${next.report} ${next.state} ${dueOf(next)}`.trimEnd() : '';
}

function stateOf({ endedAt, classification }: Incident): string {
  const major = classification?.isMajor ? ' major' : '';
  return `${endedAt ? 'over' : 'open'}${major}`;
}

const dueOf = ({ dueAt }: ReportClock): string => (dueAt ? `by ${minuteOf(dueAt)}` : '');

/** The whole incident as plain text. `now` is for the countdowns. */
export function shownText(assessed: AssessedIncident, now: Date): string {
  const { incident, clocks, criteria, begun, calls } = assessed;
  const { id, title, provider = 'Drop as a whole', bank, rootCause, endedAt } = incident;
  return [
    lineOfCells(`Incident ${id}: ${title}`),
    lineOfCells('Where     ', bank === undefined ? provider : `${bank} (${provider})`),
    lineOfCells('Started   ', minuteOf(incident.startedAt)),
    lineOfCells('Aware     ', minuteOf(incident.awareAt)),
    lineOfCells('Ended     ', endedAt ? minuteOf(endedAt) : 'not yet'),
    lineOfCells('Classified', classifiedAs(incident)),
    lineOfCells('Root cause', rootCause ?? 'not known'),
    '\nReports\n',
    ...clocks.map((clock) =>
      lineOfCells(' ', clock.report.padEnd(12), clock.state.padEnd(10), timeLeft(clock, now)),
    ),
    '\nFrom the ledger\n',
    lineOfCells(' ', `begun     ${paymentsOf(begun)}, ${kroner(begun.value)}`),
    lineOfCells(' ', affectedOf(assessed)),
    lineOfCells(' ', `calls     ${calls.calls}, of which ${calls.failed} failed or had no answer`),
    '\nCriteria of a major incident (a person decides)\n',
    ...criteria.flatMap(({ criterion, found, threshold, isMet }) => [
      lineOfCells(' ', metOf(isMet).padEnd(7), `${criterion}: ${found}`),
      lineOfCells(' ', ''.padEnd(7), `threshold: ${threshold}`),
    ]),
    '\nRecord\n',
    ...incident.entries.map(({ at, actorName, note, facts }) =>
      lineOfCells(' ', minuteOf(at), `${actorName}:`, note ?? Object.keys(facts).join(', ')),
    ),
  ].join('');
}

function classifiedAs({ classification }: Incident): string {
  if (!classification) return 'not yet; a person decides';
  return `${classification.isMajor ? 'major' : 'not major'}, ${minuteOf(classification.at)}`;
}

function affectedOf({ measures: { affected } }: AssessedIncident): string {
  return `affected  ${paymentsOf(affected)}, ${kroner(affected.value)}`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
const paymentsOf = ({ payments, customers }: { payments: number; customers: number }): string =>
  `${counted(payments, 'payment')} of ${counted(customers, 'customer')}`;
const kroner = (amount: number): string => `${moneyToDecimal({ amount, currency: 'NOK' })} kr`;
const metOf = (isMet: boolean | null): string => (isMet === null ? 'judge' : isMet ? 'met' : 'not met');

const minuteMs = 60_000;

function timeLeft({ dueAt, reportedAt }: ReportClock, now: Date): string {
  if (reportedAt) return `sent ${minuteOf(reportedAt)}`;
  if (!dueAt) return '';
  const minutes = Math.round((dueAt.getTime() - now.getTime()) / minuteMs);
  const hours = `${Math.floor(Math.abs(minutes) / 60)} h ${Math.abs(minutes) % 60} min`;
  return `by ${minuteOf(dueAt)}, ${minutes >= 0 ? `${hours} left` : `${hours} too late`}`;
}

/** A report as Markdown: what Drop knows, and what a person must fill in. */
export function reportText(report: IncidentReport, { id }: Incident, fields: readonly ReportField[]): string {
  const lines = fields.map(({ field, value }) => `- **${field}**: ${value ?? '_to be filled in_'}`);
  return `# Incident ${id}: ${report} report\n\n${lines.map((line) => line.replaceAll('\n', '\n  ')).join('\n')}\n`;
}
