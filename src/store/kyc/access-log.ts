import type { Queries } from '../database.ts';
import type { AccessActor } from '../schema.ts';

export interface Access {
  userId: string;
  actor: AccessActor;
  /** The job's or the operator's name; empty for the person. */
  actorName: string;
  /** e.g. `verdict`, `token`, `history`. */
  what: string;
  why: string;
  at: Date;
}

/** Writes down who saw a verification. The same by the person or by a job counts once a day. */
export async function logAccess(queries: Queries, access: Access): Promise<void> {
  await queries
    .insertInto('kyc_access_log')
    .values({
      user_id: access.userId,
      actor: access.actor,
      actor_name: access.actorName,
      what: access.what,
      why: access.why,
      at: access.at,
      day: access.at.toISOString().slice(0, 10),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Who saw a user's verification, the latest first. */
export async function accessesOf(queries: Queries, userId: string, limit: number): Promise<Access[]> {
  const rows = await queries
    .selectFrom('kyc_access_log')
    .select(['user_id as userId', 'actor', 'actor_name as actorName', 'what', 'why', 'at'])
    .where('user_id', '=', userId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows;
}

/** Deletes accesses from before `before`; the database refuses to delete any that is younger than five years. */
export async function purgeOldAccesses(queries: Queries, before: Date): Promise<number> {
  const result = await queries.deleteFrom('kyc_access_log').where('at', '<', before).executeTakeFirst();
  return Number(result.numDeletedRows);
}
