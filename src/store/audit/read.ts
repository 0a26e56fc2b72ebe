import { sql } from 'kysely';
import type { AuditEntry, AuditKind } from '#domain/audit/entry.ts';
import type { Database, Queries } from '../database.ts';
import { erasureChain } from './erase.ts';
import { auditSources, type AuditSource } from './sources.ts';

/** Runs `reading` on one state of the database, although Drop goes on writing. */
export async function onOneState<Result>(
  database: Database,
  reading: (queries: Queries) => Promise<Result>,
): Promise<Result> {
  return database
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(reading);
}

export interface ChainsPage {
  /** The chain after which the page begins; empty for the first page. */
  after: string;
  /** Only chains with an entry on that day. */
  day?: string | undefined;
  limit: number;
}

/** The names of chains, in their order. */
export async function readChains(queries: Queries, { after, day, limit }: ChainsPage): Promise<string[]> {
  const { rows } = await sql<{ chain: string }>`
    select distinct chain from audit_entries
    where chain > ${after} ${day === undefined ? sql`` : sql`and day = ${day}`}
    order by chain limit ${limit}
  `.execute(queries);
  return rows.map(({ chain }) => chain);
}

/** All entries of `chains`, each chain in its order. */
export async function readEntries(queries: Queries, chains: readonly string[]): Promise<AuditEntry[]> {
  return queries
    .selectFrom('audit_entries')
    .selectAll()
    .where(sql<boolean>`chain = any (${[...chains]}::text[])`)
    .orderBy('chain')
    .orderBy('sequence')
    .execute();
}

export type RecordedRows = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** The rows that are there of those that entries of a kind record, by their ids. */
export async function readRecorded(
  queries: Queries,
  kind: AuditKind,
  ids: readonly string[],
): Promise<RecordedRows> {
  const source = auditSources[kind];
  const wanted = source ? ids.filter((id) => isKey(id, source)) : [];
  if (source === undefined || wanted.length === 0) return new Map();
  const { table, key, keyType, columns } = source;
  const { rows } = await sql<Record<string, unknown> & { audited: string }>`
    select ${sql.ref(key)}::text as audited, ${sql.join(columns.map((column) => sql.ref(column)))}
    from ${sql.table(table)} where ${sql.ref(key)} = any (${wanted}::${sql.raw(keyType)}[])
  `.execute(queries);
  return new Map(rows.map((row) => [row.audited, row]));
}

const keyForms = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  bigint: /^[1-9]\d{0,17}$/,
  integer: /^[1-9]\d{0,8}$/,
};

function isKey(id: string, { keyType }: AuditSource): boolean {
  return keyForms[keyType].test(id);
}

/** Customers whose erasure is recorded, and those that still are customers. */
export interface Subjects {
  erased: ReadonlySet<string>;
  present: ReadonlySet<string>;
}

export async function readSubjects(queries: Queries, subjects: readonly string[]): Promise<Subjects> {
  const ids = [...subjects];
  const { rows: erased } = await sql<{ chain: string }>`
    select distinct chain from audit_entries where chain = any (${ids.map(erasureChain)}::text[])
  `.execute(queries);
  const { rows: present } = await sql<{ id: string }>`
    select id from users where id = any (${ids}::uuid[]) and closed_at is null
  `.execute(queries);
  const chains = new Set(erased.map(({ chain }) => chain));
  return {
    erased: new Set(ids.filter((id) => chains.has(erasureChain(id)))),
    present: new Set(present.map(({ id }) => id)),
  };
}

/** The newest call of all. */
export async function newestCall(queries: Queries): Promise<number> {
  const { rows } = await sql<{ id: number | null }>`select max(id) as id from outbound_calls`.execute(
    queries,
  );
  return rows[0]?.id ?? 0;
}
