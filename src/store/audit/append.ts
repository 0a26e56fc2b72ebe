import { sql, type RawBuilder } from 'kysely';
import { auditDay } from '#domain/audit/day.ts';
import { digestOf, type AuditKind } from '#domain/audit/entry.ts';
import type { Queries } from '../database.ts';
import { recordedOf } from './sources.ts';

/** An entry to add. */
export interface NewAuditEntry {
  /** One that ends in `:` is a chain of the entry's own, named by the row that is inserted with it. */
  chain: string;
  kind: AuditKind;
  /** Ids of the rows; absent where they come from the statement that inserts the rows. */
  rows?: string;
  /** The recorded rows by their columns; several where the entry records several. */
  recorded?: readonly Readonly<Record<string, unknown>>[];
  /** Facts that no row holds: ids and fixed words. */
  facts?: string;
  subject?: string;
  at: Date;
  /** A new token for each entry. */
  salt: string;
}

const nothing = sql`select '' as row`;

/**
 * Adds entries to the ends of their chains, each chain at most once, and runs `inserting` with the same statement: a
 * statement that returns the id of each row that it inserted, as the text `row`. Where it inserts no row, no entry is
 * added. Returns how many were added.
 *
 * The caller holds a lock that orders the writers of a chain, such as that of the payment's row; a chain of one entry
 * needs none. Two writers without a lock are refused by the primary key, and nothing of the second is kept.
 */
export async function appendEntries(
  queries: Queries,
  entries: readonly NewAuditEntry[],
  inserting: RawBuilder<unknown> = nothing,
): Promise<number> {
  const { numAffectedRows } = await sql`
    with inserted as (${inserting}),
    added as (
      select (array_agg(row order by length(row), row))[1] as name,
        string_agg(row, ',' order by length(row), row) as rows
      from inserted having count(*) > 0
    ),
    entry as (
      select case when right(given.chain, 1) = ':' then given.chain || added.name else given.chain end as chain,
        given.kind, coalesce(given.rows, added.rows) as rows, given.facts, given.subject, given.at, given.salt,
        decode(given.digest, 'hex') as digest,
        greatest(given.day, (select max(day) + 1 from audit_days)) as day
      from added cross join jsonb_to_recordset(${JSON.stringify(entries.map(columnsOf))}::jsonb) as given (
        chain text, kind text, rows text, facts text, subject uuid, at text, salt text, digest text, day date
      )
    ),
    placed as (
      select entry.*, coalesce(last.sequence, 0) + 1 as sequence,
        coalesce(last.hash, decode(repeat('00', 32), 'hex')) as previous
      from entry left join lateral (
        select sequence, hash from audit_entries where audit_entries.chain = entry.chain
        order by sequence desc limit 1
      ) as last on true
    )
    insert into audit_entries (chain, sequence, kind, rows, facts, subject, at, day, digest, previous, salt, hash)
    select chain, sequence, kind, rows, facts, subject, at::timestamptz, day, digest, previous, salt,
      sha256(convert_to(concat_ws(E'\n', chain, sequence, kind, rows, coalesce(subject::text, ''), at,
        to_char(day, 'YYYY-MM-DD'), encode(digest, 'hex'), encode(previous, 'hex')), 'UTF8'))
    from placed
  `.execute(queries);
  return Number(numAffectedRows ?? 0n);
}

function columnsOf(entry: NewAuditEntry): object {
  const { chain, kind, rows, recorded = [], facts, subject, at, salt } = entry;
  const content = facts ?? recorded.map((row) => recordedOf(kind, row));
  const digest = digestOf(salt, content).toString('hex');
  return { chain, kind, rows, facts, subject, salt, digest, at: at.toISOString(), day: auditDay(at) };
}
