import { sql } from 'kysely';
import { outboxChannel } from '../changes.ts';
import type { Queries } from '../database.ts';
import type { OutboxChannel } from '../tables/messages.ts';

/** A message to one recipient over one channel. */
export interface NewEntry {
  id: string;
  channel: OutboxChannel;
  /**
   * `user:` and an id, which ` address:` and an id may follow, or `operators`. Messages to one recipient over one
   * channel are delivered in their order.
   */
  recipient: string;
  userId?: string | undefined;
  code: string;
  /** Ids and fixed words; no personal data. */
  parameters: object;
  /** At most one message with this key goes to a recipient over a channel. */
  deduplicationKey?: string | undefined;
  /** Whether the message is written only if the user has a verified e-mail address. */
  needsAddress?: boolean;
  at: Date;
}

/** A message that was not there before. */
interface AddedEntry {
  id: string;
  channel: OutboxChannel;
  userId: string | null;
}

/**
 * Writes messages with one statement, and announces those that are to be sent. Returns those that are new. A message
 * in the app is delivered by being written.
 *
 * The address is asked for by a scalar subquery: `exists` after `or` is planned as a hash of every verified address.
 */
export async function addEntries(queries: Queries, entries: readonly NewEntry[]): Promise<AddedEntry[]> {
  const { rows } = await sql<AddedEntry>`
    with added as (
      insert into outbox
        (id, channel, recipient, user_id, code, parameters, deduplication_key, created_at, status, due_at, settled_at)
      select id, channel, recipient, user_id, code, parameters, deduplication_key, at,
        case channel when 'app' then 'delivered' else 'waiting' end,
        case channel when 'app' then null else at end,
        case channel when 'app' then at end
      from jsonb_to_recordset(${JSON.stringify(entries.map(columnsOf))}::jsonb) as entry (
        id uuid, channel text, recipient text, user_id uuid, code text, parameters jsonb, deduplication_key text,
        needs_address boolean, at timestamptz
      )
      where not needs_address or (
        select true from email_addresses as address
        where address.user_id = entry.user_id and address.status = 'verified'
        limit 1
      )
      on conflict (channel, recipient, deduplication_key) where deduplication_key is not null do nothing
      returning id, channel, user_id
    )
    select id, channel, user_id as "userId", case when channel <> 'app' then pg_notify(${outboxChannel}, channel) end
      as announced
    from added
  `.execute(queries);
  return rows;
}

function columnsOf(entry: NewEntry): object {
  return {
    id: entry.id,
    channel: entry.channel,
    recipient: entry.recipient,
    user_id: entry.userId,
    code: entry.code,
    parameters: entry.parameters,
    deduplication_key: entry.deduplicationKey,
    needs_address: entry.needsAddress ?? false,
    at: entry.at,
  };
}
