import type { Queries } from './database.ts';

export interface KeptDraft {
  /** Sealed. */
  stored: string;
  savedAt: Date;
}

/** Keeps a customer's draft in the place of the one before. */
export async function saveDraft(queries: Queries, userId: string, draft: KeptDraft): Promise<void> {
  const written = { sealed: draft.stored, saved_at: draft.savedAt };
  await queries
    .insertInto('payment_drafts')
    .values({ user_id: userId, ...written })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(written))
    .execute();
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
