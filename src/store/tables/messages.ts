import type { ColumnType, Generated } from 'kysely';

// The tables of alerts, of messages and of the addresses that they go to.

export interface OpenAlertsTable {
  key: string;
  subject: string;
  parameters: ColumnType<object, string, string>;
  stage: number;
  raised_at: Date;
  calm_since: Date | null;
  gathered_errors: Generated<number>;
  gathered_groups: Generated<number[]>;
}

export interface ScheduledRunsTable {
  job: string;
  done_at: Date;
}

export interface WebhookTalliesTable {
  provider: string;
  minute: Date;
  accepted: number;
  refused: number;
}

/** How many errors had a code, at a provider where one was concerned. */
export interface ErrorCause {
  code: string;
  provider?: string | undefined;
  /** The bank, where the error is about one. */
  bank?: string | undefined;
  /** Whether the provider, or the bank, did not answer. */
  isUnanswered?: boolean | undefined;
  errors: number;
}

export interface ErrorTalliesTable {
  second: Date;
  process: string;
  last_at: Date;
  errors: number;
  causes: ColumnType<ErrorCause[], string, string>;
  customers: string[];
}

export interface ErrorSpikeTable {
  only_row: Generated<boolean>;
  since: Date | null;
  last_at: Date | null;
  errors: ColumnType<number, number, number>;
  causes: ColumnType<ErrorCause[], string, string>;
  customers: string[];
}

export interface AlertDeliveryTable {
  only_row: Generated<boolean>;
  holder: string | null;
  held_until: Date;
  slot_at: Date;
  paused_until: Date;
  mail_at: Date;
  failing_since: Date | null;
  failures: number;
  last_failure: string | null;
  is_refused: boolean;
}

export interface AlertRepetitionsTable {
  fingerprint: Buffer;
  until: Date;
}

export type OutboxChannel = 'app' | 'mail' | 'alert';
export type OutboxStatus = 'waiting' | 'delivered' | 'skipped' | 'dead';

export interface OutboxTable {
  id: string;
  sequence: ColumnType<number, never, never>;
  channel: OutboxChannel;
  recipient: string;
  user_id: string | null;
  code: string;
  parameters: ColumnType<Record<string, unknown>, string, never>;
  deduplication_key: string | null;
  created_at: Date;
  status: OutboxStatus;
  due_at: Date | null;
  attempts: Generated<number>;
  claim: string | null;
  last_error: string | null;
  settled_at: Date | null;
  address_id: string | null;
  read_at: Date | null;
}

export interface MailRatesTable {
  server: string;
  second: Date;
  attempts: number;
}

export type EmailAddressStatus = 'unverified' | 'verified' | 'former';

export interface EmailAddressesTable {
  id: string;
  user_id: string;
  address: string;
  status: EmailAddressStatus;
  token_hash: Buffer | null;
  sealed_token: string | null;
  token_expires_at: Date | null;
  created_at: Date;
  verified_at: Date | null;
  ended_at: Date | null;
}

export interface VerificationMailsTable {
  counted: Buffer;
  since: Date;
  mails: number;
}

export interface SuppressedAddressesTable {
  address_hash: Buffer;
  reason: string;
  at: Date;
}
