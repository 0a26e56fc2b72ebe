import { sql } from 'kysely';
import type { Queries } from '../database.ts';

/** An entry in a customer's inbox. */
export interface InboxEntry {
  id: string;
  code: string;
  parameters: Record<string, unknown>;
  createdAt: Date;
  readAt: Date | null;
}

export interface InboxPage {
  /** The newest first. */
  entries: InboxEntry[];
  /** How many of all entries are unread; `unreadMax` stands for that many or more. */
  unread: number;
}

export interface InboxOptions {
  userId: string;
  /** The entry after which the page begins; the first page without it. */
  cursor: string | undefined;
  limit: number;
  /** The codes that this version knows: others do not count as unread. */
  codes: readonly string[];
  unreadMax: number;
}

/** Reads a page of the user's inbox, with one statement. A cursor that is no entry of the user's has no page. */
export async function readInbox(queries: Queries, options: InboxOptions): Promise<InboxPage> {
  const { userId, cursor = null, limit, codes, unreadMax } = options;
  const { rows } = await sql<InboxRow>`
    select unread.total as unread, entry.*
    from (
      select count(*)::integer as total from (
        select from outbox
        where user_id = ${userId} and channel = 'app' and read_at is null and code = any (${codes})
        limit ${unreadMax}
      ) as counted
    ) as unread
    left join lateral (
      select id, code, parameters, created_at as "createdAt", read_at as "readAt" from outbox
      where user_id = ${userId} and channel = 'app'
        and (${cursor}::uuid is null or sequence < (
          select sequence from outbox where id = ${cursor} and user_id = ${userId} and channel = 'app'
        ))
      order by sequence desc limit ${limit}
    ) as entry on true
  `.execute(queries);
  return { entries: rows.filter(isEntry), unread: rows[0]?.unread ?? 0 };
}

/** A page without entries is one row without an id. */
type InboxRow = { unread: number } & (InboxEntry | { id: null });

function isEntry(row: InboxRow): row is InboxEntry & { unread: number } {
  return row.id !== null;
}

/**
 * Marks the user's entries up to and including `upTo` as read. Returns how many were unread; undefined if `upTo` is no
 * entry of the user's.
 */
export async function markRead(
  queries: Queries,
  { userId, upTo, at }: { userId: string; upTo: string; at: Date },
): Promise<number | undefined> {
  const entry = await queries
    .selectFrom('outbox')
    .select('sequence')
    .where('id', '=', upTo)
    .where('user_id', '=', userId)
    .where('channel', '=', 'app')
    .executeTakeFirst();
  if (!entry) return undefined;
  const { numUpdatedRows } = await queries
    .updateTable('outbox')
    .set({ read_at: at })
    .where('user_id', '=', userId)
    .where('channel', '=', 'app')
    .where('read_at', 'is', null)
    .where('sequence', '<=', entry.sequence)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
