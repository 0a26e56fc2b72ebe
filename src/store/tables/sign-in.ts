import type { Generated } from 'kysely';
import type { KycStatus } from '#domain/kyc/verdict.ts';
import type { Locale } from '#domain/locale.ts';

// The tables of people, and of how they sign in.

export interface UsersTable {
  id: string;
  national_id_hash: string;
  national_id_hash_key_id: string;
  bankid_issuer: string;
  bankid_subject: string;
  name: string;
  kyc_status: Generated<KycStatus>;
  created_at: Date;
  locale: Locale | null;
  optional_mails: string[] | null;
  email_declined_at: Date | null;
  payment_limit: number | null;
  day_limit: number | null;
  /** The row of a closed account stays for as long as its payments must be kept. */
  closed_at: Date | null;
}

/** A former customer; a database trigger inserts the row when a user is deleted. */
export interface FormerCustomersTable {
  user_id: string;
  gone_at: Date;
}

export interface SignInTransactionsTable {
  state_hash: Buffer;
  browser_hash: Buffer | null;
  app_challenge: string | null;
  nonce: string;
  code_verifier: string;
  redirect_uri: string;
  return_to: string;
  created_at: Date;
  expires_at: Date;
  consumed_at: Date | null;
  ended_at: Date | null;
}

export type SessionKind = 'browser' | 'app';

export interface SessionsTable {
  id: string;
  token_hash: Buffer;
  user_id: string;
  user_agent: string | null;
  kind: Generated<SessionKind>;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
}

export interface KnownDevicesTable {
  user_id: string;
  kind: SessionKind;
  /** Empty where it is not known. */
  program: string;
  system: string;
  first_seen_at: Date;
  last_seen_at: Date;
}

export interface SignInTicketsTable {
  ticket_hash: Buffer;
  app_challenge: string;
  user_id: string;
  created_at: Date;
  expires_at: Date;
  consumed_at: Date | null;
}
