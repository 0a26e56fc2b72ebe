import type { Locale } from '#domain/locale.ts';
import type { Queries } from './database.ts';
import { sha256 } from './hash.ts';

/** An address to which a mail goes, and what the mail has to respect. */
export interface MailAddress {
  id: string;
  address: string;
  /** Null until the customer has chosen a language. */
  locale: Locale | null;
  /** The optional categories of mail that the customer wants; null until the customer has chosen. */
  optionalMails: string[] | null;
}

/** The user's verified address, or the address with the id `addressId`, whatever its status. */
export async function mailAddressOf(
  queries: Queries,
  { userId, addressId }: { userId: string; addressId: string | undefined },
): Promise<MailAddress | undefined> {
  return queries
    .selectFrom('email_addresses as email')
    .innerJoin('users', 'users.id', 'email.user_id')
    .select(['email.id', 'email.address', 'users.locale', 'users.optional_mails as optionalMails'])
    .where('email.user_id', '=', userId)
    .$if(addressId === undefined, (query) => query.where('email.status', '=', 'verified'))
    .$if(addressId !== undefined, (query) => query.where('email.id', '=', addressId ?? ''))
    .executeTakeFirst();
}

/** Whether mail to the address cannot be delivered. */
export async function isSuppressed(queries: Queries, address: string): Promise<boolean> {
  const row = await queries
    .selectFrom('suppressed_addresses')
    .select('at')
    .where('address_hash', '=', addressHash(address))
    .executeTakeFirst();
  return row !== undefined;
}

/** Sends no more mail to the address. The first reason is kept, and the last time. */
export async function suppressAddress(
  queries: Queries,
  address: string,
  cause: { reason: string; at: Date },
): Promise<void> {
  await queries
    .insertInto('suppressed_addresses')
    .values({ address_hash: addressHash(address), reason: cause.reason, at: cause.at })
    .onConflict((conflict) => conflict.column('address_hash').doUpdateSet({ at: cause.at }))
    .execute();
}

/** Mail goes to the address again. */
export async function liftSuppression(queries: Queries, address: string): Promise<void> {
  await queries.deleteFrom('suppressed_addresses').where('address_hash', '=', addressHash(address)).execute();
}

function addressHash(address: string): Buffer {
  return sha256(address.trim().toLowerCase());
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The address to which the mail with this id was sent; undefined if no mail of a customer has it. */
export async function bouncedAddress(queries: Queries, mailId: string): Promise<string | undefined> {
  if (!uuidPattern.test(mailId)) return undefined;
  const row = await queries
    .selectFrom('outbox')
    .innerJoin('email_addresses as email', 'email.id', 'outbox.address_id')
    .select('email.address')
    .where('outbox.id', '=', mailId)
    .executeTakeFirst();
  return row?.address;
}
