import type { SystemState } from '#usecases/operate/status.ts';
import { plain } from './plain.ts';
import type { InternalHealth } from './internal-health.ts';

/** The report of `drop status`. */
export interface Status {
  /** The version of the command line. */
  version: string;
  /** The failures, in words; empty where nothing fails. */
  faults: string[];
  /** Null when the database does not answer. */
  state: SystemState | null;
  /** Null when no internal listener answers at the address. */
  health: InternalHealth | null;
  /** Where an internal listener was looked for. */
  lookedAt: readonly string[];
}

const width = 60;
const linesMax = 6;

/** The status on one screen of sixty columns. */
export function statusText({ version, faults, state, health, lookedAt }: Status, now: Date): string {
  const age = (at: Date | null): string => (at === null ? '' : ageText(now.getTime() - at.getTime()));
  return [
    headline(faults, state),
    ...faults.map((fault) => `  ✗ ${fault}`),
    '',
    row('health', health ? healthText(health) : `no internal listener answers at ${lookedAt.join(' or ')}`),
    ...(state === null ? [] : stateLines(state, age)),
    row('this command', `version ${version}`),
    '',
  ]
    .flatMap((line) => wrapped(plain(line)))
    .join('\n');
}

/** An open alert is not a failure of Drop, and somebody looks at it all the same. */
function headline(faults: readonly string[], state: SystemState | null): string {
  if (faults.length > 0) return 'Drop is not well:';
  const alerts = state?.alerts.length ?? 0;
  if (alerts === 0) return 'Drop is well.';
  return `Drop works; ${alerts === 1 ? 'an alert is' : `${alerts} alerts are`} open.`;
}

function healthText({ status, ready, components }: NonNullable<Status['health']>): string {
  const passing = Object.values(components).filter((each) => each === 'pass').length;
  return `${status}, ${ready ? 'ready' : 'not ready'}, ${passing} of ${Object.keys(components).length} components pass`;
}

type Age = (at: Date | null) => string;

function stateLines(state: SystemState, age: Age): string[] {
  const { processes, alerts, payments, queues, breakers, jobs, policyVersion } = state;
  const [late] = jobs;
  return [
    ...rows('processes', processes, ({ host, pid, version, startedAt, seenAt, isLost }) => {
      const seen = isLost ? `lost ${age(seenAt)} ago` : `up ${age(startedAt)}, seen ${age(seenAt)} ago`;
      return `${host} ${pid}: ${version}, ${seen}`;
    }),
    ...rows('open alerts', alerts, ({ severity, title, subject, page, raisedAt, errors }) => {
      const failed = errors === 0 ? '' : `, ${errors} failed requests`;
      return [`${severity}, ${age(raisedAt)}${failed}: ${title} (${subject})`, page].join('\n');
    }),
    ...rows(
      'open payments',
      payments,
      ({ status, count, oldestAt }) => `${count} ${status}, oldest ${age(oldestAt)}`,
    ),
    ...rows('queues', queues, ({ name, waiting, dead, oldestAt }) => {
      const oldest = oldestAt === null ? '' : `, oldest ${age(oldestAt)}`;
      return `${name}: ${waiting} waiting${oldest}, ${dead} given up`;
    }),
    ...rows('breakers open', breakers, ({ provider, scope, openMs }) => {
      const of = scope === '' ? provider : `${provider}, ${scope}`;
      return `${of}: tried again in ${ageText(openMs)}`;
    }),
    row(
      'jobs',
      late ? `${jobs.length}, the oldest run ${age(late.doneAt)} ago: ${late.job}` : 'none was done',
    ),
    row('routing', policyVersion === 0 ? 'the environment alone decides' : `policy version ${policyVersion}`),
  ];
}

const label = (name: string): string => name.padEnd(15);
const row = (name: string, text: string): string => `${label(name)}${text}`;

function rows<Row>(name: string, all: readonly Row[], textOf: (row: Row) => string): string[] {
  const texts = all.slice(0, linesMax).flatMap((each) => textOf(each).split('\n'));
  const more = all.length > linesMax ? [`and ${all.length - linesMax} more`] : [];
  const [first = 'none', ...others] = [...texts, ...more];
  return [row(name, first), ...others.map((text) => row('', text))];
}

/** Lines of sixty characters; what does not fit stands under the texts. */
function wrapped(line: string): string[] {
  if (line.length <= width) return [line];
  const at = line.lastIndexOf(' ', width);
  if (at <= label('').length) return [line];
  return [line.slice(0, at), ...wrapped(`${label('')}  ${line.slice(at + 1)}`)];
}

/** For example `3 min`. */
function ageText(ms: number): string {
  const units = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
  ] as const;
  const [unitMs, unit] = units.find(([least]) => ms >= 2 * least) ?? [1_000, 's'];
  return `${Math.max(0, Math.floor(ms / unitMs))} ${unit}`;
}
