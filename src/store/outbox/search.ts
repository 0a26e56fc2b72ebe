import { sql, type RawBuilder } from 'kysely';
import { canonicalJson } from '#domain/audit/canonical.ts';
import { appendEntries } from '../audit/append.ts';
import { announceOutbox } from '../changes.ts';
import { allOf } from '../conditions.ts';
import type { Database, Queries } from '../database.ts';
import type { OutboxChannel, OutboxStatus } from '../tables/messages.ts';

export const outboxChannels = ['app', 'mail', 'alert'] as const satisfies OutboxChannel[];
export const outboxStatuses = ['waiting', 'delivered', 'skipped', 'dead'] as const satisfies OutboxStatus[];

/** An operator's search filters; an absent filter matches everything. */
export interface OutboxFilters {
  channel?: OutboxChannel | undefined;
  status?: OutboxStatus | undefined;
  code?: string | undefined;
  userId?: string | undefined;
  /** The id of the entry after which the page begins. */
  after?: number | undefined;
  paymentId?: string | undefined;
  since?: Date | undefined;
  /** Exclusive. */
  until?: Date | undefined;
}

/** A message as an operator sees it. It has no text, and its parameters are ids and fixed words. */
export interface OutboxEntry {
  /** Ascending in the order in which messages are written. */
  id: number;
  /** The id that the mail carries, in its Message-ID. */
  messageId: string;
  channel: OutboxChannel;
  recipient: string;
  code: string;
  parameters: Record<string, unknown>;
  status: OutboxStatus;
  /** What took the place of the channel, which did not take the message: an alert may have gone by mail. */
  instead: 'mail' | null;
  attempts: number;
  lastError: string | null;
  createdAt: Date;
  /** For a waiting message: when it is due, or when the claim on it ends. */
  dueAt: Date | null;
  settledAt: Date | null;
}

/** Finds messages, the newest first. */
export async function listEntries(
  queries: Queries,
  filters: OutboxFilters,
  limit: number,
): Promise<OutboxEntry[]> {
  const { rows } = await sql<OutboxEntry>`
    select sequence as id, id as "messageId", channel, recipient, code, parameters, status, attempts,
      last_error as "lastError", created_at as "createdAt", due_at as "dueAt", settled_at as "settledAt",
      case when channel = 'alert' and status = 'delivered' and last_error is not null then 'mail' end as instead
    from outbox where ${conditionOf(filters)} order by sequence desc limit ${limit}
  `.execute(queries);
  return rows;
}

/**
 * The number of waiting and dead messages by channel, and when the oldest waiting one was written. It reads the indexes
 * of the two, which do not grow with what was sent.
 */
export async function outboxState(
  queries: Queries,
): Promise<{ channel: OutboxChannel; waiting: number; dead: number; oldestAt: Date | null }[]> {
  const { rows } = await sql<{
    channel: OutboxChannel;
    waiting: number;
    dead: number;
    oldestAt: Date | null;
  }>`
    select channel, count(*) filter (where status = 'waiting')::integer as waiting,
      count(*) filter (where status = 'dead')::integer as dead,
      min(created_at) filter (where status = 'waiting') as "oldestAt"
    from (
      select channel, status, created_at from outbox where status = 'waiting'
      union all select channel, status, created_at from outbox where status = 'dead'
    ) as open
    group by channel
  `.execute(queries);
  return rows;
}

/** The number of dead messages that the filters find. */
export async function countDead(queries: Queries, filters: OutboxFilters): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from outbox where status = 'dead' and ${conditionOf(filters)}
  `.execute(queries);
  return rows[0]?.count ?? 0;
}

/** The act of an operator who has messages delivered again. `salt` is a new token. */
export interface RetryAct {
  id: string;
  at: Date;
  salt: string;
  operator: string;
  reason: string | undefined;
}

/**
 * Has dead messages delivered as if they had just been written, the oldest first, which the audit trail keeps as `act`.
 * Returns their number.
 */
export async function reviveEntries(
  database: Database,
  { filters, limit, act }: { filters: OutboxFilters; limit: number; act: RetryAct },
): Promise<number> {
  return database.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ channel: OutboxChannel }>`
      update outbox set status = 'waiting', due_at = ${act.at}, attempts = 0, claim = null, settled_at = null
      where id in (
        select id from outbox where status = 'dead' and ${conditionOf(filters)}
        order by sequence limit ${limit} for update
      )
      returning channel
    `.execute(transaction);
    for (const channel of new Set(rows.map((row) => row.channel))) await announceOutbox(transaction, channel);
    const { channel, code } = filters;
    const { id, at, salt, operator, reason } = act;
    const facts = canonicalJson({ channel, code, messages: rows.length, operator, reason });
    await appendEntries(transaction, [{ chain: `retry:${id}`, kind: 'retry', rows: '', facts, at, salt }]);
    return rows.length;
  });
}

function conditionOf(filters: OutboxFilters): RawBuilder<boolean> {
  const { channel, status, code, userId, after, paymentId, since, until } = filters;
  return allOf([
    [channel, sql`channel = ${channel}`],
    [status, sql`status = ${status}`],
    [code, sql`code = ${code}`],
    [userId, sql`split_part(recipient, ' ', 1) = ${`user:${userId}`}`],
    [after, sql`sequence < ${after}`],
    [paymentId, sql`parameters ->> 'paymentId' = ${paymentId}`],
    [since, sql`created_at >= ${since}`],
    [until, sql`created_at < ${until}`],
  ]);
}
