import { clocksOf, type ReportClock } from '#domain/incident/clocks.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { listIncidents } from '#store/incidents.ts';
import type { OperatorContext } from '../operate/context.ts';
import { pageOf } from '../operate/page.ts';

/** An incident and the clocks of its reports. */
export interface ListedIncident {
  incident: Incident;
  clocks: ReportClock[];
}

/** An absent filter matches everything. */
export interface IncidentFilters {
  /** Began at or after. */
  since?: Date | undefined;
  /** Began before. */
  until?: Date | undefined;
  /** The number of the incident after which the page begins. */
  after?: number | undefined;
}

/** Incidents with their clocks, the newest first. When one began is known only after all of its entries are read. */
export async function searchIncidents(
  { store, clock }: OperatorContext,
  { since, until, after = Infinity }: IncidentFilters,
  limit: number,
): Promise<{ entries: ListedIncident[]; nextAfter: number | undefined }> {
  const all = await listIncidents(store.database);
  const sought = all.filter(
    ({ id, startedAt }) => id < after && (!since || startedAt >= since) && (!until || startedAt < until),
  );
  const { entries, nextAfter } = pageOf(sought, limit);
  return {
    entries: entries.map((incident) => ({ incident, clocks: clocksOf(incident, clock.now()) })),
    nextAfter,
  };
}
