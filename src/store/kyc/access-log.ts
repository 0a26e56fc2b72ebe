import { sql } from 'kysely';
import { auditDay } from '#domain/audit/day.ts';
import { appendEntries } from '../audit/append.ts';
import type { Queries } from '../database.ts';
import type { AccessActor } from '../tables/verification.ts';

export interface Access {
  userId: string;
  actor: AccessActor;
  /** The name of the job or the operator; empty for the customer. */
  actorName: string;
  /** e.g. `verdict`, `token`, `history`. */
  what: string;
  why: string;
  at: Date;
}

/** Records an access to a verification. Repeated accesses by the customer or by a job are recorded once a day. */
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

/** Records an access of an operator, and its entry in the audit trail. `salt` is a new token. */
export async function logOperatorAccess(
  queries: Queries,
  { userId, actorName, what, why, at }: Omit<Access, 'actor'>,
  salt: string,
): Promise<void> {
  const row = { user_id: userId, actor: 'operator', actor_name: actorName, what, why, at } as const;
  const inserting = sql`${queries
    .insertInto('kyc_access_log')
    .values({ ...row, day: auditDay(at) })
    .returning(sql`id::text`.as('row'))}`;
  const entry = { chain: 'access:', kind: 'access', recorded: [row], subject: userId, at, salt } as const;
  await appendEntries(queries, [entry], inserting);
}

/** The accesses to a user's verification, latest first. */
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

/** Deletes accesses before `before`. The database refuses to delete any that is less than five years old. */
export async function purgeOldAccesses(queries: Queries, before: Date): Promise<number> {
  const result = await queries.deleteFrom('kyc_access_log').where('at', '<', before).executeTakeFirst();
  return Number(result.numDeletedRows);
}
