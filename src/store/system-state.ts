import { sql } from 'kysely';
import type { Queries } from './database.ts';

/** Webhooks that wait or were given up. */
export interface InboxState {
  waiting: number;
  dead: number;
  oldestAt: Date | null;
}

/** Reads the index of the waiting ones; the dead are counted among the webhooks of the last thirty days. */
export async function inboxState(queries: Queries, since: Date): Promise<InboxState> {
  const { rows } = await sql<InboxState>`
    select
      (select count(*)::integer from webhook_inbox where status = 'received') as waiting,
      (select min(received_at) from webhook_inbox where status = 'received') as "oldestAt",
      (select count(*)::integer from webhook_inbox where status = 'dead' and received_at >= ${since}) as dead
  `.execute(queries);
  return rows[0] ?? { waiting: 0, dead: 0, oldestAt: null };
}

/** When each scheduled job was last done, the one that was done longest ago first. */
export async function listRuns(queries: Queries): Promise<{ job: string; doneAt: Date }[]> {
  return queries
    .selectFrom('scheduled_runs')
    .select(['job', 'done_at as doneAt'])
    .orderBy('done_at')
    .execute();
}

/** The conditions that operators were alerted to and that are not over, the oldest first. */
export async function listOpenAlerts(
  queries: Queries,
): Promise<{ key: string; subject: string; raisedAt: Date; errors: number }[]> {
  return queries
    .selectFrom('open_alerts')
    .select(['key', 'subject', 'raised_at as raisedAt', 'gathered_errors as errors'])
    .orderBy('raised_at')
    .execute();
}
