import { sql } from 'kysely';
import { appendEntries } from '../audit/append.ts';
import { announceWebhook } from '../changes.ts';
import type { Database, Queries } from '../database.ts';
import { conditionOf, type WebhookFilters } from './search.ts';

/** Handled and dead webhooks. A received one does not need a replay: a worker will handle it. */
const replayable = sql<boolean>`status in ('handled', 'dead')`;

export async function countReplayable(queries: Queries, filters: WebhookFilters): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from webhook_inbox where ${replayable} and ${conditionOf(filters)}
  `.execute(queries);
  return rows[0]?.count ?? 0;
}

export interface Replay {
  filters: WebhookFilters;
  reason: string;
  /** The operator's name. */
  by: string;
  /** When more match, the oldest are replayed. */
  limit: number;
  at: Date;
  /** A new token, for the audit trail. */
  salt: string;
}

/**
 * Queues webhooks for handling as if they had just arrived, and records the replay with its reason. `attempts` keeps
 * counting, so that a worker's old claim never matches a replayed webhook.
 */
export async function replayWebhooks(
  database: Database,
  { filters, reason, by, limit, at, salt }: Replay,
): Promise<{ replayId: number; replayed: number }> {
  return database.transaction().execute(async (transaction) => {
    const { id } = await transaction
      .insertInto('webhook_replays')
      .values({ reason, filters: JSON.stringify(filters), webhooks: 0, replayed_at: at, replayed_by: by })
      .returning('id')
      .executeTakeFirstOrThrow();
    const { numAffectedRows } = await sql`
      update webhook_inbox
      set status = 'received', failures = 0, last_error = null, handled_at = null, next_attempt_at = ${at},
        replay_id = ${id}
      where id in (
        select id from webhook_inbox where ${replayable} and ${conditionOf(filters)}
        order by id limit ${limit} for update
      )
    `.execute(transaction);
    const replayed = Number(numAffectedRows ?? 0n);
    await transaction
      .updateTable('webhook_replays')
      .set({ webhooks: replayed })
      .where('id', '=', id)
      .execute();
    const recorded = [{ reason, filters, replayed_at: at, replayed_by: by }];
    await appendEntries(transaction, [
      { chain: `replay:${id}`, kind: 'replay_by', rows: `${id}`, recorded, at, salt },
    ]);
    await announceWebhook(transaction);
    return { replayId: id, replayed };
  });
}
