import { sql, type RawBuilder } from 'kysely';
import type { Queries } from '../database.ts';

/** A row that the trail should record and does not. */
export interface UnlinkedRow {
  table: string;
  id: string;
}

interface RecordedTable {
  table: string;
  id: string;
  at: string;
  /** Rows that are not recorded. */
  except?: RawBuilder<boolean>;
  /** The entry that records a row. */
  entry: RawBuilder<boolean>;
}

const tables: readonly RecordedTable[] = [
  { table: 'transactions', id: 'id', at: 'created_at', entry: sql`chain = 'payment:' || recorded.id` },
  { table: 'kyc_verdict_changes', id: 'id', at: 'at', entry: sql`chain = 'verdict:' || recorded.id` },
  {
    table: 'kyc_access_log',
    id: 'id',
    at: 'at',
    except: sql`actor <> 'operator'`,
    entry: sql`chain = 'access:' || recorded.id`,
  },
  { table: 'payment_access_log', id: 'id', at: 'at', entry: sql`chain = 'payment_access:' || recorded.id` },
  { table: 'customer_access_log', id: 'id', at: 'at', entry: sql`chain = 'customer_access:' || recorded.id` },
  { table: 'incident_entries', id: 'id', at: 'at', entry: sql`chain = 'incident:' || recorded.id` },
  { table: 'flag_changes', id: 'id', at: 'changed_at', entry: sql`chain = 'flag:' || recorded.id` },
  { table: 'webhook_replays', id: 'id', at: 'replayed_at', entry: sql`chain = 'replay:' || recorded.id` },
  {
    table: 'routing_changes',
    id: 'version',
    at: 'changed_at',
    entry: sql`chain = 'routing' and rows = recorded.version::text`,
  },
  {
    table: 'outbox',
    id: 'id',
    at: 'created_at',
    except: sql`user_id is null`,
    entry: sql`chain = coalesce('payment:' || (recorded.parameters ->> 'paymentId'), 'notice:' || recorded.id)
      and kind = 'notice' and position(recorded.id::text in rows) > 0`,
  },
];

const rowsMax = 100;

/** Rows from `since` until before `until` without an entry, at most a hundred of each table. */
export async function readUnlinked(
  queries: Queries,
  { since, until }: { since: Date; until: Date },
): Promise<UnlinkedRow[]> {
  const found: UnlinkedRow[] = [];
  for (const { table, id, at, except = sql<boolean>`false`, entry } of tables) {
    const { rows } = await sql<{ id: string }>`
      select ${sql.ref(id)}::text as id from ${sql.table(table)} as recorded
      where ${sql.ref(`recorded.${at}`)} >= ${since} and ${sql.ref(`recorded.${at}`)} < ${until} and not (${except})
        and not exists (select from audit_entries where ${entry})
      limit ${rowsMax}
    `.execute(queries);
    found.push(...rows.map((row) => ({ table, id: row.id })));
  }
  return found;
}
