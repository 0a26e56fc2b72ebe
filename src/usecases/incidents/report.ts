import type { IncidentReport } from '#domain/incident/incident.ts';
import { moneyToDecimal } from '#domain/money.ts';
import type { AssessedIncident } from './assess.ts';

/** One field of a report; `value` is null where a person must fill it in. */
export interface ReportField {
  field: string;
  value: string | null;
}

type Fields = Record<string, (assessed: AssessedIncident) => string | null>;

const byPerson = (): null => null;
const kroner = (amount: number): string => moneyToDecimal({ amount, currency: 'NOK' });
const percentOf = (part: number, whole: number): string =>
  whole === 0 ? 'nothing to compare with' : `${Math.round((part / whole) * 1000) / 10} %`;
const utc = (time: Date | undefined): string | null => time?.toISOString() ?? null;

const initial: Fields = {
  'Reference code of the incident': ({ incident }) => `DROP-${incident.id}`,
  'Name, identification code and type of the entity': byPerson,
  'Contact persons: name, e-mail, telephone': byPerson,
  'Reporting currency': () => 'NOK',
  'Detected at': ({ incident }) => utc(incident.awareAt),
  'Classified as major at': ({ incident: { classification } }) =>
    classification?.isMajor ? utc(classification.at) : null,
  Description: ({ incident: { title, entries } }) =>
    [title, ...entries.flatMap(({ note }) => note ?? [])].join('\n'),
  'Criteria that make it major': ({ criteria }) =>
    criteria.flatMap(({ isMet, criterion }) => (isMet === true ? [criterion] : [])).join(', ') || null,
  'Member states affected': byPerson,
  'How it was discovered': byPerson,
  'Originates from a third-party provider': ({ incident: { provider } }) => provider ?? null,
  'Business continuity plan activated': byPerson,
};

const intermediate: Fields = {
  'Reference code given by the authority': byPerson,
  'Occurred at': ({ incident }) => utc(incident.startedAt),
  'Services restored at': ({ incident }) => utc(incident.endedAt),
  'Clients affected': ({ measures }) => `${measures.affected.customers}`,
  'Clients affected, share of all': ({ measures }) =>
    percentOf(measures.affected.customers, measures.customers),
  'Financial counterparts affected': byPerson,
  'Transactions affected': ({ measures }) => `${measures.affected.payments}`,
  'Transactions affected, share of a usual day': ({ measures }) =>
    percentOf(measures.affected.payments, measures.daily.payments),
  'Value of transactions affected': ({ measures }) => kroner(measures.affected.value),
  'Numbers are actual or estimates': () => 'actual, from the ledger: payments that were begun meanwhile',
  'Reputational impact': byPerson,
  Duration: ({ measures }) => `${Math.round(measures.durationMs / 60_000)} minutes`,
  'Downtime of services': byPerson,
  'Data losses': byPerson,
  'Type of incident, threats and techniques': byPerson,
  'Functional areas and infrastructure affected': byPerson,
  'Communication to clients': byPerson,
  'Reported to other authorities': byPerson,
  'Temporary measures taken': byPerson,
};

const final: Fields = {
  'Root cause': ({ incident }) => incident.rootCause ?? null,
  'Classification of the root cause': byPerson,
  Resolution: byPerson,
  'Root cause addressed at': byPerson,
  'Resolved at': ({ incident }) => utc(incident.endedAt),
  'Costs and losses, gross': byPerson,
  'Recovered amounts': byPerson,
  'Recurring incident': byPerson,
};

const fieldsOf: Record<IncidentReport, Fields> = {
  initial,
  intermediate: { ...initial, ...intermediate },
  final: { ...initial, ...intermediate, ...final },
};

/**
 * The fields of a report on a major incident (Implementing Regulation (EU) 2025/302, annex I) as far as Drop knows
 * them. Finanstilsynet takes it as Altinn form KRT-3190; Drop sends nothing.
 */
export function reportOf(report: IncidentReport, assessed: AssessedIncident): ReportField[] {
  return Object.entries(fieldsOf[report]).map(([field, read]) => ({ field, value: read(assessed) }));
}
