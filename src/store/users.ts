import type { KycStatus } from '#domain/kyc.ts';
import type { Queries } from './database.ts';

export interface User {
  id: string;
  name: string;
  kycStatus: KycStatus;
}

export interface SignedInPerson {
  /** For the row, where the person is new. */
  id: string;
  nationalIdHash: string;
  nationalIdHashKeyId: string;
  issuer: string;
  subject: string;
  name: string;
  at: Date;
}

/**
 * The user of a person who signed in, made where there is none. The same person twice at once gives one row: the
 * unique hash decides.
 */
export async function upsertUser(queries: Queries, person: SignedInPerson): Promise<User> {
  const row = await queries
    .insertInto('users')
    .values({
      id: person.id,
      national_id_hash: person.nationalIdHash,
      national_id_hash_key_id: person.nationalIdHashKeyId,
      bankid_issuer: person.issuer,
      bankid_subject: person.subject,
      name: person.name,
      created_at: person.at,
    })
    .onConflict((conflict) =>
      conflict.column('national_id_hash').doUpdateSet({
        name: person.name,
        bankid_issuer: person.issuer,
        bankid_subject: person.subject,
      }),
    )
    .returning(['id', 'name', 'kyc_status'])
    .executeTakeFirstOrThrow();
  return toUser(row);
}

/**
 * Moves a person's hash to the present key; `former` are the hashes that the same number has under former keys. Where
 * the person has a row under the present key already, that one counts and the other stays as it is.
 */
export async function rekeyUser(
  queries: Queries,
  former: readonly string[],
  present: { hash: string; keyId: string },
): Promise<void> {
  if (former.length === 0) return;
  await queries
    .updateTable('users')
    .set({ national_id_hash: present.hash, national_id_hash_key_id: present.keyId })
    .where('national_id_hash', 'in', former)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('users as present')
            .select('present.id')
            .where('present.national_id_hash', '=', present.hash),
        ),
      ),
    )
    .execute();
}

export async function findUser(queries: Queries, id: string): Promise<User | undefined> {
  const row = await queries
    .selectFrom('users')
    .select(['id', 'name', 'kyc_status'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toUser(row);
}

export async function setKycStatus(queries: Queries, userId: string, kycStatus: KycStatus): Promise<void> {
  await queries.updateTable('users').set({ kyc_status: kycStatus }).where('id', '=', userId).execute();
}

function toUser(row: { id: string; name: string; kyc_status: KycStatus }): User {
  return { id: row.id, name: row.name, kycStatus: row.kyc_status };
}
