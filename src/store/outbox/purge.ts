import { sql } from 'kysely';
import type { Queries } from '../database.ts';

export interface OldMessages {
  /** For what was sent, or skipped. */
  sentBefore: Date;
  /** For entries in the app, and for what was given up. */
  keptBefore: Date;
  limit: number;
}

/** Deletes up to `limit` old messages; those that wait stay. Returns how many it deleted. */
export async function purgeOldMessages(
  queries: Queries,
  { sentBefore, keptBefore, limit }: OldMessages,
): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from outbox where id in (
      select id from outbox
      where created_at < ${sentBefore} and status <> 'waiting'
        and (created_at < ${keptBefore} or (channel <> 'app' and status <> 'dead'))
      limit ${limit}
    )
  `.execute(queries);
  return Number(numAffectedRows ?? 0n);
}
