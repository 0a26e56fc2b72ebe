/** What the ledger says of the time of an incident. Amounts are in øre. */
export interface IncidentMeasures {
  /** All customers of Drop. */
  customers: number;
  affected: { customers: number; payments: number; value: number };
  /** Averages of one of the 28 days before; 0 where Drop had no payments. */
  daily: { payments: number; value: number };
  durationMs: number;
}

/** A criterion of Delegated Regulation (EU) 2024/1772, articles 1 to 9, beside its threshold. */
export interface Criterion {
  criterion: string;
  found: string;
  threshold: string;
  /** `null` where the ledger cannot tell, and a person judges. */
  isMet: boolean | null;
}

const shareMax = 0.1;
const customersMax = 100_000;
const hourMs = 3_600_000;
const durationHoursMax = 24;
const downtimeHoursMax = 2;

/**
 * Holds what the ledger says against the thresholds. An incident of a critical service is major with malicious access,
 * or with two of the six; Drop decides neither.
 */
export function criteriaOf(measures: IncidentMeasures): Criterion[] {
  return [clientsOf(measures), durationOf(measures), ...forPersons];
}

function clientsOf({ customers, affected, daily }: IncidentMeasures): Criterion {
  const shares = [
    shareOf(affected.customers, customers),
    shareOf(affected.payments, daily.payments),
    shareOf(affected.value, daily.value),
  ];
  const [ofCustomers, ofPayments, ofValue] = shares.map((share) => `${Math.round(share * 1000) / 10} %`);
  return {
    criterion: 'clients and transactions',
    found: `${ofCustomers} of customers, ${ofPayments} of a day's payments, ${ofValue} of their value`,
    threshold: `more than ${shareMax * 100} % of one of them, or ${customersMax} customers`,
    isMet: affected.customers > customersMax || shares.some((share) => share > shareMax),
  };
}

/** A part of nothing is the whole. */
function shareOf(part: number, whole: number): number {
  if (part === 0) return 0;
  return whole === 0 ? 1 : part / whole;
}

function durationOf({ durationMs }: IncidentMeasures): Criterion {
  const hours = durationMs / hourMs;
  const isCertain = hours > durationHoursMax || hours <= downtimeHoursMax;
  return {
    criterion: 'duration and downtime',
    found: `${Math.round(hours * 10) / 10} hours`,
    threshold: `longer than ${durationHoursMax} hours, or a critical service down for ${downtimeHoursMax}`,
    isMet: isCertain ? hours > durationHoursMax : null,
  };
}

const forPersons: readonly Criterion[] = [
  ['reputation', 'media, repeated complaints, a requirement that cannot be met, customers lost'],
  ['geographical spread', 'effects in two or more member states'],
  ['data losses', 'an effect on availability, authenticity, integrity or confidentiality of data'],
  ['economic impact', 'costs and losses of more than 100 000 euro'],
  ['malicious access', 'successful, malicious and unauthorised access that may lead to data losses'],
].map(([criterion = '', threshold = '']) => ({
  criterion,
  threshold,
  found: 'a person judges',
  isMet: null,
}));
