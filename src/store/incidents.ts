import { sql } from 'kysely';
import {
  incidentOf,
  type Incident,
  type IncidentEntry,
  type IncidentFacts,
} from '#domain/incident/incident.ts';
import { appendEntries } from './audit/append.ts';
import type { Queries } from './database.ts';

/** Begins the record of an incident; returns its number. */
export async function openIncident(queries: Queries): Promise<number> {
  const { id } = await queries
    .insertInto('incidents')
    .defaultValues()
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Adds an entry, and its entry in the audit trail. `salt` is a new token. */
export async function addIncidentEntry(
  queries: Queries,
  { id, entry, salt }: { id: number; entry: IncidentEntry; salt: string },
): Promise<void> {
  const { at, actorName, note } = entry;
  const row = { incident_id: id, at, actor_name: actorName, note, facts: JSON.stringify(entry.facts) };
  const inserting = sql`${queries
    .insertInto('incident_entries')
    .values(row)
    .returning(sql`id::text`.as('row'))}`;
  const kind = 'incident';
  const recorded = [{ ...row, facts: JSON.parse(row.facts) as unknown }];
  await appendEntries(queries, [{ chain: `${kind}:`, kind, recorded, at, salt }], inserting);
}

/** Every incident, the newest first. */
export async function listIncidents(queries: Queries): Promise<Incident[]> {
  const rows = await entriesOf(queries).orderBy('incident_id', 'desc').orderBy('id').execute();
  const ids = [...new Set(rows.map(({ incident_id: id }) => id))];
  return ids.map((id) => incidentOf(id, rows.filter((row) => row.incident_id === id).map(entryOf)));
}

/** One incident, whose record stays as it is until the transaction ends; undefined if there is none. */
export async function lockIncident(queries: Queries, id: number): Promise<Incident | undefined> {
  const found = await queries
    .selectFrom('incidents')
    .select('id')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return found && findIncident(queries, id);
}

export async function findIncident(queries: Queries, id: number): Promise<Incident | undefined> {
  const rows = await entriesOf(queries).where('incident_id', '=', id).orderBy('id').execute();
  return rows.length === 0 ? undefined : incidentOf(id, rows.map(entryOf));
}

function entriesOf(queries: Queries) {
  return queries.selectFrom('incident_entries').select(['incident_id', 'at', 'actor_name', 'note', 'facts']);
}

interface EntryRow {
  at: Date;
  actor_name: string;
  note: string | null;
  facts: unknown;
}

function entryOf({ at, actor_name: actorName, note, facts }: EntryRow): IncidentEntry {
  return { at, actorName, note, facts: datesRead(facts) as IncidentFacts };
}

/** JSON has no dates: every member whose name ends in `At`, and those of `reported`, is one. */
function datesRead(value: unknown, isDate = false): unknown {
  if (typeof value === 'string') return isDate ? new Date(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => {
    return [name, datesRead(member, /^at$|At$|^(initial|intermediate|final)$/.test(name))];
  });
  return Object.fromEntries(members);
}
