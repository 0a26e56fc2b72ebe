import { sql } from 'kysely';
import type { SealedPlace } from '#domain/sealer.ts';
import type { Queries } from './database.ts';
import { sha256 } from './hash.ts';
import type { EmailAddressStatus } from './tables/messages.ts';

/** An address of a customer, with the link that was sent there last. */
export interface OwnAddress {
  id: string;
  address: string;
  status: EmailAddressStatus;
  /** Undefined once the link was used or has expired. */
  sealedToken: string | undefined;
  linkExpiresAt: Date | undefined;
  /** Whether mail to it came back since it is the customer's: what came back before would tell of other customers. */
  isSuppressed: boolean;
}

/** Where the token of an address's link is sealed to. */
export function linkTokenPlace(addressId: string): SealedPlace {
  return { table: 'email_addresses', column: 'sealed_token', row: addressId };
}

/** The addresses of a customer that are not former ones: at most one verified and one unverified. */
export async function currentAddresses(
  queries: Queries,
  userId: string,
): Promise<{ verified?: OwnAddress; unverified?: OwnAddress }> {
  const found = await readAddresses(queries, userId);
  const withStatus = (status: EmailAddressStatus) => found.find((address) => address.status === status);
  const [verified, unverified] = [withStatus('verified'), withStatus('unverified')];
  return { ...(verified && { verified }), ...(unverified && { unverified }) };
}

/** The customer's address whose link has `token`, whatever its status. */
export async function addressOfToken(
  queries: Queries,
  userId: string,
  token: string,
): Promise<OwnAddress | undefined> {
  return (await readAddresses(queries, userId, sha256(token)))[0];
}

async function readAddresses(queries: Queries, userId: string, tokenHash?: Buffer): Promise<OwnAddress[]> {
  const rows = await queries
    .selectFrom('email_addresses')
    .select(['id', 'address', 'status', 'sealed_token', 'token_expires_at'])
    .select(
      sql<boolean>`exists (
        select from suppressed_addresses
        where address_hash = sha256(convert_to(lower(address), 'UTF8')) and at >= created_at
      )`.as('is_suppressed'),
    )
    .where('user_id', '=', userId)
    .$if(tokenHash === undefined, (query) => query.where('status', '<>', 'former'))
    .$if(tokenHash !== undefined, (query) => query.where('token_hash', '=', tokenHash ?? null))
    .execute();
  return rows.map((row) => ({
    id: row.id,
    address: row.address,
    status: row.status,
    sealedToken: row.sealed_token ?? undefined,
    linkExpiresAt: row.token_expires_at ?? undefined,
    isSuppressed: row.is_suppressed,
  }));
}

/** The token of a link, of which the database keeps the hash and the sealed text. */
export interface LinkToken {
  token: string;
  sealed: string;
  expiresAt: Date;
}

export async function insertUnverified(
  queries: Queries,
  address: { id: string; userId: string; address: string; link: LinkToken; at: Date },
): Promise<void> {
  await queries
    .insertInto('email_addresses')
    .values({
      id: address.id,
      user_id: address.userId,
      address: address.address,
      status: 'unverified',
      ...columnsOf(address.link),
      created_at: address.at,
    })
    .execute();
}

/** Puts a new link in the place of the one before. */
export async function replaceLink(queries: Queries, id: string, link: LinkToken): Promise<void> {
  await queries.updateTable('email_addresses').set(columnsOf(link)).where('id', '=', id).execute();
}

export async function prolongLink(queries: Queries, id: string, expiresAt: Date): Promise<void> {
  await queries
    .updateTable('email_addresses')
    .set({ token_expires_at: expiresAt })
    .where('id', '=', id)
    .execute();
}

function columnsOf({ token, sealed, expiresAt }: LinkToken) {
  return { token_hash: sha256(token), sealed_token: sealed, token_expires_at: expiresAt };
}

/** The sealed token of the link to an address; undefined once it was used or has expired. */
export async function sealedTokenOf(queries: Queries, addressId: string): Promise<string | undefined> {
  const row = await queries
    .selectFrom('email_addresses')
    .select('sealed_token')
    .where('id', '=', addressId)
    .executeTakeFirst();
  return row?.sealed_token ?? undefined;
}

export async function markVerified(queries: Queries, id: string, at: Date): Promise<void> {
  await queries
    .updateTable('email_addresses')
    .set({ status: 'verified', verified_at: at, sealed_token: null })
    .where('id', '=', id)
    .execute();
}

/** Makes an address a former one, which is kept until the notice to it is sent. */
export async function endAddress(queries: Queries, id: string, at: Date): Promise<void> {
  await queries
    .updateTable('email_addresses')
    .set({ status: 'former', ended_at: at, sealed_token: null })
    .where('id', '=', id)
    .execute();
}

export async function deleteAddress(queries: Queries, id: string): Promise<void> {
  await queries.deleteFrom('email_addresses').where('id', '=', id).execute();
}
