import type { Locale } from '#domain/locale.ts';
import type { Queries } from '../database.ts';

/** A copy of their data that a customer asked for. */
export interface DataCopy {
  id: string;
  userId: string;
  locale: Locale;
  askedAt: Date;
  expiresAt: Date;
  /** The key of the archive, from when it was made until it expires. */
  fileKey: string | null;
  bytes: number | null;
  failedAt: Date | null;
}

const columns = [
  ...(['id', 'user_id as userId', 'locale', 'asked_at as askedAt', 'expires_at as expiresAt'] as const),
  ...(['file_key as fileKey', 'bytes', 'failed_at as failedAt'] as const),
] as const;

export async function insertCopy(
  queries: Queries,
  copy: Pick<DataCopy, 'id' | 'userId' | 'locale' | 'askedAt' | 'expiresAt'>,
): Promise<void> {
  await queries
    .insertInto('data_copies')
    .values({
      id: copy.id,
      user_id: copy.userId,
      locale: copy.locale,
      asked_at: copy.askedAt,
      expires_at: copy.expiresAt,
    })
    .execute();
}

/** The copies that a customer asked for after `since`, the newest first. */
export async function copiesSince(queries: Queries, userId: string, since: Date): Promise<DataCopy[]> {
  return queries
    .selectFrom('data_copies')
    .select(columns)
    .where('user_id', '=', userId)
    .where('asked_at', '>', since)
    .orderBy('asked_at', 'desc')
    .execute();
}

export async function findCopy(queries: Queries, id: string): Promise<DataCopy | undefined> {
  return queries.selectFrom('data_copies').select(columns).where('id', '=', id).executeTakeFirst();
}

/** Notes the archive of a copy; the former archive of the customer is gone. False where the copy has one already. */
export async function keepArchive(
  queries: Queries,
  { id, userId }: DataCopy,
  archive: { fileKey: string; bytes: number; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await queries
    .updateTable('data_copies')
    .set({ file_key: archive.fileKey, bytes: archive.bytes, ready_at: archive.at })
    .where('id', '=', id)
    .where('ready_at', 'is', null)
    .executeTakeFirst();
  await queries
    .updateTable('data_copies')
    .set({ file_key: null })
    .where('user_id', '=', userId)
    .where('id', '<>', id)
    .execute();
  return numUpdatedRows > 0n;
}

/** Gives up the making of a copy. */
export async function failCopy(queries: Queries, id: string, at: Date): Promise<void> {
  await queries
    .updateTable('data_copies')
    .set({ failed_at: at })
    .where('id', '=', id)
    .where('ready_at', 'is', null)
    .execute();
}

/** The customers whose archive has expired, or whose copy came to nothing, up to `limit`. */
export async function customersWithExpired(queries: Queries, at: Date, limit: number): Promise<string[]> {
  const rows = await queries
    .selectFrom('data_copies')
    .select('user_id as userId')
    .distinct()
    .where('expires_at', '<=', at)
    .where('file_key', 'is not', null)
    .orderBy('user_id')
    .limit(limit)
    .execute();
  return rows.map(({ userId }) => userId);
}

/** Notes that the archives of a customer are gone. */
export async function forgetArchives(queries: Queries, userId: string): Promise<void> {
  await queries.updateTable('data_copies').set({ file_key: null }).where('user_id', '=', userId).execute();
}

/** Deletes the copies that were asked for before `before`, and whose archive is gone. */
export async function purgeOldCopies(queries: Queries, before: Date): Promise<void> {
  await queries
    .deleteFrom('data_copies')
    .where('asked_at', '<', before)
    .where('file_key', 'is', null)
    .execute();
}
