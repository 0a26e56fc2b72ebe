import { sql } from 'kysely';
import type { ConsentEndCause, ConsentStatus } from '#domain/banking/consent.ts';
import type { Queries } from './database.ts';

/** A consent that is or was in force, or that the bank gave and Drop could not use. */
export interface LedgerConsent {
  id: string;
  bankName: string;
  /** The company between Drop and the bank; null where there is none, and for consents of an earlier version. */
  readThrough: string | null;
  status: ConsentStatus;
  /** Null while it has not ended, and for consents that an earlier version ended. */
  endCause: ConsentEndCause | null;
  purposes: string[];
  reads: string[];
  createdAt: Date;
  validUntil: Date | null;
  /** When its end was noted. */
  endedAt: Date | null;
  /** Whether it has ended in Drop and is still to be ended at its provider. */
  isEndOwed: boolean;
  /** Whether the customer has a newer one at the same bank. */
  isFollowed: boolean;
}

/** An account of a consent, with the last reading that the consent allowed. */
export interface LedgerAccount {
  connectionId: string;
  id: string;
  name: string | null;
  accountNumber: string | null;
  readAt: Date | null;
  readAttended: boolean | null;
  /** The readings without the customer, whichever consent they used, since the time that was asked for. */
  unattendedReads: number;
}

interface LedgerPage {
  userId: string;
  now: Date;
  /** The consent after which the page begins; the first page without it. */
  cursor: string | undefined;
  limit: number;
}

/**
 * A page of a customer's consents: those in force first, then the others, each the newest first. A cursor that is no
 * consent of the customer's has no page.
 */
export async function readConsentLedger(queries: Queries, page: LedgerPage): Promise<LedgerConsent[]> {
  const { userId, now, cursor = null, limit } = page;
  const isInForce = sql`(consent.status = 'active' and consent.valid_until > ${now})`;
  const rank = sql`${isInForce}, consent.created_at, consent.id`;
  const { rows } = await sql<LedgerConsent>`
    select consent.id, consent.bank_name as "bankName", consent.read_through as "readThrough", consent.status,
      consent.end_cause as "endCause", consent.purposes, consent.reads, consent.created_at as "createdAt",
      consent.valid_until as "validUntil", consent.ended_at as "endedAt",
      exists (
        select from consents_to_end where connection_id = consent.id
      ) and coalesce(consent.valid_until > ${now}, true) as "isEndOwed",
      exists (
        select from bank_connections as newer
        where newer.user_id = ${userId} and newer.id <> consent.id and newer.created_at >= consent.created_at
          and (newer.bank_id, newer.provider) = (consent.bank_id, consent.provider)
          and (newer.status = 'active' or consent.status <> 'active' and newer.status in ('expired', 'revoked'))
      ) as "isFollowed"
    from bank_connections as consent
    where consent.user_id = ${userId} and consent.status in ('active', 'expired', 'revoked', 'failed')
      and (${cursor}::uuid is null or (${rank}) < (
        select ${rank} from bank_connections as consent where consent.id = ${cursor} and consent.user_id = ${userId}
      ))
    order by ${isInForce} desc, consent.created_at desc, consent.id desc limit ${limit}
  `.execute(queries);
  return rows;
}

/** The accounts of consents, in the order in which each consent granted them. */
export async function readLedgerAccounts(
  queries: Queries,
  { connectionIds, readSince }: { connectionIds: readonly string[]; readSince: Date },
): Promise<LedgerAccount[]> {
  if (connectionIds.length === 0) return [];
  const { rows } = await sql<LedgerAccount>`
    select consent.connection_id as "connectionId", account.id, account.name,
      account.account_number as "accountNumber", consent.read_at as "readAt",
      consent.read_attended as "readAttended",
      (
        select count(*)::integer from unnest(account.unattended_reads_at) as read_at where read_at > ${readSince}
      ) as "unattendedReads"
    from bank_account_consents as consent join bank_accounts as account on account.id = consent.account_id
    where consent.connection_id = any (${connectionIds}::uuid[])
    order by consent.id
  `.execute(queries);
  return rows;
}
