import type { Selectable } from 'kysely';
import { DropError } from '#domain/errors.ts';
import type { KycStatus } from '#domain/kyc/verdict.ts';
import type { Queries } from './database.ts';
import type { Schema } from './schema.ts';

export interface User {
  id: string;
  name: string;
  kycStatus: KycStatus;
}

const userColumns = ['id', 'name', 'kyc_status'] as const;

export interface SignedInPerson {
  /** The id of the new row, if the person is new. */
  id: string;
  nationalIdHash: string;
  nationalIdHashKeyId: string;
  issuer: string;
  subject: string;
  name: string;
  at: Date;
}

/** Inserts a user. Undefined when a user with that hash or that subject exists. */
export async function insertUser(queries: Queries, person: SignedInPerson): Promise<User | undefined> {
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
    .onConflict((conflict) => conflict.doNothing())
    .returning(userColumns)
    .executeTakeFirst();
  return row && toUser(row);
}

/**
 * Serialises what must not be done for one user twice at the same moment, until the transaction ends.
 *
 * @throws {DropError} `not_signed_in` where the account was closed while the request was under way.
 */
export async function lockUser(transaction: Queries, userId: string): Promise<void> {
  const row = await transaction
    .selectFrom('users')
    .select('closed_at')
    .where('id', '=', userId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (row?.closed_at) throw new DropError('not_signed_in', { message: 'the account is closed' });
}

/** What identifies a user: the hash of the national identity number, and BankID's subject. */
export interface Identification {
  hash: string;
  keyId: string;
  issuer: string;
  subject: string;
  name: string;
}

export interface IdentifiedUser extends Identification {
  user: User;
}

/** All users with one of `hashes`, or with that subject at that issuer. */
export async function findIdentifiedUsers(
  queries: Queries,
  sought: { hashes: readonly string[]; issuer: string; subject: string },
): Promise<IdentifiedUser[]> {
  const rows = await queries
    .selectFrom('users')
    .select(userColumns)
    .select(['national_id_hash', 'national_id_hash_key_id', 'bankid_issuer', 'bankid_subject'])
    .where((where) =>
      where.or([
        where('national_id_hash', 'in', sought.hashes),
        where.and({ bankid_issuer: sought.issuer, bankid_subject: sought.subject }),
      ]),
    )
    .execute();
  return rows.map((row) => ({
    user: toUser(row),
    hash: row.national_id_hash,
    keyId: row.national_id_hash_key_id,
    issuer: row.bankid_issuer,
    subject: row.bankid_subject,
    name: row.name,
  }));
}

/**
 * Updates a user's identification. False when the user, or another user with that hash or subject, has changed since
 * `known` was read; the caller must then read again.
 */
export async function identifyUser(
  queries: Queries,
  known: IdentifiedUser,
  now: Identification,
): Promise<boolean> {
  try {
    const { numUpdatedRows } = await queries
      .updateTable('users')
      .set({
        national_id_hash: now.hash,
        national_id_hash_key_id: now.keyId,
        bankid_issuer: now.issuer,
        bankid_subject: now.subject,
        name: now.name,
      })
      .where('id', '=', known.user.id)
      .where('national_id_hash', '=', known.hash)
      .where('bankid_issuer', '=', known.issuer)
      .where('bankid_subject', '=', known.subject)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505';
}

export async function findUser(queries: Queries, id: string): Promise<User | undefined> {
  const row = await queries.selectFrom('users').select(userColumns).where('id', '=', id).executeTakeFirst();
  return row && toUser(row);
}

export async function setKycStatus(queries: Queries, userId: string, kycStatus: KycStatus): Promise<void> {
  await queries.updateTable('users').set({ kyc_status: kycStatus }).where('id', '=', userId).execute();
}

function toUser(row: Pick<Selectable<Schema['users']>, (typeof userColumns)[number]>): User {
  return { id: row.id, name: row.name, kycStatus: row.kyc_status };
}
