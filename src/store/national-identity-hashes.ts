import type { Database, Queries } from './database.ts';

/** The number of users for each hash key; closed accounts have no hash any more. */
export async function countUsersByHashKey(queries: Queries): Promise<{ keyId: string; users: number }[]> {
  const rows = await queries
    .selectFrom('users')
    .select(['national_id_hash_key_id as keyId', (count) => count.fn.countAll<number>().as('users')])
    .where('closed_at', 'is', null)
    .groupBy('national_id_hash_key_id')
    .orderBy('national_id_hash_key_id')
    .execute();
  return rows.map(({ keyId, users }) => ({ keyId, users: Number(users) }));
}

export interface StoredHash {
  id: string;
  hash: string;
  keyId: string;
}

/** Up to `limit` users whose hash is under one of `keyIds`, in the order of their ids, after `after`. */
export async function readHashes(
  queries: Queries,
  page: { keyIds: readonly string[]; after: string | undefined; limit: number },
): Promise<StoredHash[]> {
  const { after } = page;
  return queries
    .selectFrom('users')
    .select(['id', 'national_id_hash as hash', 'national_id_hash_key_id as keyId'])
    .where('national_id_hash_key_id', 'in', page.keyIds)
    .$if(after !== undefined, (query) => query.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(page.limit)
    .execute();
}

/** The hashes of one number under a former key and under the current key. */
export interface HashMove {
  from: string;
  to: string;
  toKeyId: string;
}

/**
 * Writes `moves` in one transaction and returns how many rows changed. A user whose hash was moved meanwhile, or who
 * already has a row under the current key, is skipped.
 */
export async function moveHashes(database: Database, moves: readonly HashMove[]): Promise<number> {
  return database.transaction().execute(async (transaction) => {
    let moved = 0;
    for (const { from, to, toKeyId } of moves) {
      const { numUpdatedRows } = await transaction
        .updateTable('users')
        .set({ national_id_hash: to, national_id_hash_key_id: toKeyId })
        .where('national_id_hash', '=', from)
        .where((where) =>
          where.not(
            where.exists(
              where.selectFrom('users as other').select('other.id').where('other.national_id_hash', '=', to),
            ),
          ),
        )
        .executeTakeFirst();
      moved += Number(numUpdatedRows);
    }
    return moved;
  });
}
