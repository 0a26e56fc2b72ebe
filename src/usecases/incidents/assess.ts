import { DropError } from '#domain/errors.ts';
import { clocksOf, type ReportClock } from '#domain/incident/clocks.ts';
import { criteriaOf, type Criterion, type IncidentMeasures } from '#domain/incident/criteria.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { affectedPayments, countCustomers, measureCalls, measurePayments } from '#store/incident-measures.ts';
import { findIncident } from '#store/incidents.ts';
import type { OperatorContext } from '../operate/context.ts';

/** An incident with what the ledger says of its time. */
export interface AssessedIncident {
  incident: Incident;
  clocks: ReportClock[];
  measures: IncidentMeasures;
  criteria: Criterion[];
  /** Payments begun meanwhile, of the provider and bank of the incident. Values are in øre. */
  begun: { payments: number; customers: number; value: number };
  affectedIds: string[];
  calls: { calls: number; failed: number };
}

const dayMs = 86_400_000;
const daysBefore = 28;

/**
 * Holds an incident against the ledger.
 *
 * @throws {DropError} `not_found`.
 */
export async function assessIncident(context: OperatorContext, id: number): Promise<AssessedIncident> {
  const { store, clock } = context;
  const incident = await findIncident(store.database, id);
  if (!incident) throw new DropError('not_found', { message: `There is no incident ${id}.` });
  const { startedAt, endedAt = clock.now(), provider, bank } = incident;
  const time = { from: startedAt, until: endedAt, provider, bank };
  const before = { from: new Date(startedAt.getTime() - daysBefore * dayMs), until: startedAt };
  const [during, affectedIds, usual, calls, customers] = await Promise.all([
    measurePayments(store.database, time),
    affectedPayments(store.database, time),
    measurePayments(store.database, before),
    measureCalls(store.database, time),
    countCustomers(store.database),
  ]);
  const measures = {
    customers,
    affected: during.affected,
    daily: { payments: usual.begun.payments / daysBefore, value: usual.begun.value / daysBefore },
    durationMs: endedAt.getTime() - startedAt.getTime(),
  };
  const { begun } = during;
  const clocks = clocksOf(incident, clock.now());
  return { incident, clocks, measures, criteria: criteriaOf(measures), begun, affectedIds, calls };
}
