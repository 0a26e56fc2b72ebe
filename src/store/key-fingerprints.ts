import { sql } from 'kysely';
import type { KeyPurpose } from '#domain/key-fingerprint.ts';
import type { Queries } from './database.ts';

/** The fingerprint of a key. */
export interface KeyFingerprint {
  purpose: KeyPurpose;
  keyId: string;
  fingerprint: string;
}

export async function readKeyFingerprints(queries: Queries): Promise<KeyFingerprint[]> {
  return queries
    .selectFrom('key_fingerprints')
    .select(['purpose', 'key_id as keyId', 'fingerprint'])
    .execute();
}

/** Stores fingerprints in the place of those that the same ids had. */
export async function recordKeyFingerprints(
  queries: Queries,
  fingerprints: readonly KeyFingerprint[],
  at: Date,
): Promise<void> {
  if (fingerprints.length === 0) return;
  const rows = fingerprints.map(({ purpose, keyId, fingerprint }) => {
    return { purpose, key_id: keyId, fingerprint, recorded_at: at };
  });
  await queries
    .insertInto('key_fingerprints')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['purpose', 'key_id']).doUpdateSet({
        fingerprint: sql`excluded.fingerprint`,
        recorded_at: sql`excluded.recorded_at`,
      }),
    )
    .execute();
}

/** Whether any user is hashed, under one of `keyIds` if they are given. Finds the first such user and reads no more. */
export async function hasHashedUsers(queries: Queries, keyIds?: readonly string[]): Promise<boolean> {
  const found = await queries
    .selectFrom('users')
    .select('id')
    .where('closed_at', 'is', null)
    .$if(keyIds !== undefined, (query) => query.where('national_id_hash_key_id', 'in', keyIds ?? []))
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
