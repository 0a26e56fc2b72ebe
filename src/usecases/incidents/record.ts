import { DropError } from '#domain/errors.ts';
import {
  contradictionIn,
  incidentOf,
  incidentReports,
  type Incident,
  type IncidentFacts,
} from '#domain/incident/incident.ts';
import { addIncidentEntry, lockIncident, openIncident } from '#store/incidents.ts';
import type { OperatorContext } from '../operate/context.ts';

/** What an operator adds to the record. */
export interface Finding {
  facts: IncidentFacts;
  note?: string | undefined;
  actorName: string;
}

/**
 * Opens an incident. Drop sends it to no authority and classifies nothing: a person decides.
 *
 * @throws {DropError} `invalid_request` when the times contradict each other.
 */
export async function recordIncident(
  context: OperatorContext,
  { facts, note, actorName }: Finding & { facts: { title: string; startedAt?: Date; awareAt?: Date } },
): Promise<Incident> {
  const at = context.clock.now();
  const known = { ...facts, startedAt: facts.startedAt ?? at, awareAt: facts.awareAt ?? at };
  const entry = { at, actorName, note: note ?? null, facts: known };
  const { database } = context.store;
  return database.transaction().execute(async (transaction) => {
    const id = await openIncident(transaction);
    const incident = incidentOf(id, [entry]);
    assertPossible(incident, at);
    await addIncidentEntry(transaction, { id, entry, salt: context.entropy.token() });
    return incident;
  });
}

/**
 * Adds to the record of an incident.
 *
 * @throws {DropError} `not_found`; `invalid_request` when what was found contradicts what is known.
 */
export async function addToIncident(
  context: OperatorContext,
  id: number,
  { facts, note, actorName }: Finding,
): Promise<Incident> {
  const at = context.clock.now();
  const entry = { at, actorName, note: note ?? null, facts };
  const { database } = context.store;
  return database.transaction().execute(async (transaction) => {
    const before = await lockIncident(transaction, id);
    if (!before) throw new DropError('not_found', { message: `There is no incident ${id}.` });
    const incident = incidentOf(id, [...before.entries, entry]);
    assertPossible(incident, at);
    await addIncidentEntry(transaction, { id, entry, salt: context.entropy.token() });
    return incident;
  });
}

function assertPossible(incident: Incident, now: Date): void {
  const times = [incident.startedAt, incident.awareAt, incident.endedAt, incident.classification?.at];
  const sent = incidentReports.flatMap((report) => incident.reported[report] ?? []);
  const isFuture = [...times, ...sent].some((time) => time !== undefined && time > now);
  const problem = isFuture ? 'A time of an incident cannot be in the future.' : contradictionIn(incident);
  if (problem !== undefined) throw new DropError('invalid_request', { message: problem });
}
