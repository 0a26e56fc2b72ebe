import { sql } from 'kysely';
import type { Queries } from './database.ts';

export interface KeptDraft {
  /** Sealed. */
  stored: string;
  savedAt: Date;
}

/** The session in which a draft is written. */
export interface DraftSession {
  id: string;
  userId: string;
}

/**
 * Keeps a customer's draft in the place of the one before. False where the session has ended: the lock of its row has a
 * sign-out wait, so that none leaves behind a draft that was written beside it.
 */
export async function saveDraft(
  queries: Queries,
  { id, userId }: DraftSession,
  { stored, savedAt }: KeptDraft,
): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    insert into payment_drafts (user_id, sealed, saved_at)
    select user_id, ${stored}, ${savedAt} from sessions
    where id = ${id} and user_id = ${userId} for key share
    on conflict (user_id) do update set sealed = excluded.sealed, saved_at = excluded.saved_at
  `.execute(queries);
  return numAffectedRows > 0n;
}

/** The draft, if it was saved after `since`. */
export async function findDraft(
  queries: Queries,
  userId: string,
  since: Date,
): Promise<KeptDraft | undefined> {
  const row = await queries
    .selectFrom('payment_drafts')
    .select(['sealed', 'saved_at'])
    .where('user_id', '=', userId)
    .where('saved_at', '>', since)
    .executeTakeFirst();
  return row?.sealed == null ? undefined : { stored: row.sealed, savedAt: row.saved_at };
}

export async function deleteDraft(queries: Queries, userId: string): Promise<void> {
  await queries.deleteFrom('payment_drafts').where('user_id', '=', userId).execute();
}

export async function purgeOldDrafts(queries: Queries, before: Date): Promise<void> {
  await queries.deleteFrom('payment_drafts').where('saved_at', '<=', before).execute();
}
