import type { ColumnType, Generated } from 'kysely';
import type { PaymentRules } from '#domain/banking/payment-rules.ts';
import type { DecoupledStep } from '#domain/banking/next-step.ts';
import type { BalanceKind } from '#domain/banking/balance.ts';
import type { ConsentEndCause, ConsentStatus } from '#domain/banking/consent.ts';
import type { KeyPurpose } from '#domain/key-fingerprint.ts';
import type { KycCheck, KycStatus } from '#domain/kyc/verdict.ts';
import type { Presence } from '#domain/kyc/standing.ts';
import type { Locale } from '#domain/locale.ts';
import type { ParityOutcome } from '#domain/routing/parity.ts';
import type { RoutingPolicy } from '#domain/routing/policy.ts';
import type { LookUp } from '#domain/payment/look-up.ts';
import type { Evidence, PaymentStatus } from '#domain/payment/status.ts';
import type {
  OpenAlertsTable,
  ScheduledRunsTable,
  WebhookTalliesTable,
  ErrorTalliesTable,
  ErrorSpikeTable,
  AlertDeliveryTable,
  AlertRepetitionsTable,
  OutboxTable,
  MailRatesTable,
  EmailAddressesTable,
  VerificationMailsTable,
  SuppressedAddressesTable,
} from './messages-schema.ts';
import type { CustomerAccessLogTable, FlagChangesTable, RunningProcessesTable } from './operator-schema.ts';
import type { AccountClosuresTable, DataCopiesTable } from './privacy-schema.ts';
import type { CardAuthorizationsTable, CardHoldersTable, CardsTable } from './cards/schema.ts';
import type { AuditDaysTable, AuditEntriesTable, AuditRootsTable } from './audit/schema.ts';

/** The tables that `migrations/*.sql` create. Columns keep their database names. */
export interface Schema {
  users: UsersTable;
  sign_in_transactions: SignInTransactionsTable;
  sessions: SessionsTable;
  known_devices: KnownDevicesTable;
  sign_in_tickets: SignInTicketsTable;
  kyc_applicants: KycApplicantsTable;
  kyc_verdict_changes: KycVerdictChangesTable;
  kyc_access_log: KycAccessLogTable;
  former_customers: FormerCustomersTable;
  bank_connections: BankConnectionsTable;
  consents_to_end: ConsentsToEndTable;
  bank_accounts: BankAccountsTable;
  bank_account_consents: BankAccountConsentsTable;
  transactions: TransactionsTable;
  transaction_events: TransactionEventsTable;
  payment_access_log: PaymentAccessLogTable;
  customer_access_log: CustomerAccessLogTable;
  running_processes: RunningProcessesTable;
  webhook_inbox: WebhookInboxTable;
  webhook_replays: WebhookReplaysTable;
  outbound_calls: OutboundCallsTable;
  provider_breakers: ProviderBreakersTable;
  provider_secrets: ProviderSecretsTable;
  payment_drafts: PaymentDraftsTable;
  saved_creditors: SavedCreditorsTable;
  key_fingerprints: KeyFingerprintsTable;
  open_alerts: OpenAlertsTable;
  scheduled_runs: ScheduledRunsTable;
  webhook_tallies: WebhookTalliesTable;
  error_tallies: ErrorTalliesTable;
  error_spike: ErrorSpikeTable;
  alert_delivery: AlertDeliveryTable;
  alert_repetitions: AlertRepetitionsTable;
  outbox: OutboxTable;
  mail_rates: MailRatesTable;
  email_addresses: EmailAddressesTable;
  verification_mails: VerificationMailsTable;
  suppressed_addresses: SuppressedAddressesTable;
  routing_changes: RoutingChangesTable;
  error_groups: ErrorGroupsTable;
  incidents: { id: Generated<number> };
  incident_entries: IncidentEntriesTable;
  routing_parity: RoutingParityTable;
  flag_changes: FlagChangesTable;
  card_holders: CardHoldersTable;
  cards: CardsTable;
  card_authorizations: CardAuthorizationsTable;
  audit_entries: AuditEntriesTable;
  audit_days: AuditDaysTable;
  audit_roots: AuditRootsTable;
  account_closures: AccountClosuresTable;
  data_copies: DataCopiesTable;
}

export interface ErrorGroupsTable {
  id: Generated<number>;
  fingerprint: string;
  title: string;
  name: string;
  code: string | null;
  place: string;
  errors: BigInteger;
  first_at: Date;
  first_release: string;
  last_at: Date;
  last_release: string;
  example: Json<unknown>;
  resolved_at: Date | null;
  resolved_by: string | null;
  is_told: Generated<boolean>;
}

/** Operators' record of incidents: never changed, only added to. */
export interface IncidentEntriesTable {
  id: Generated<BigInteger>;
  incident_id: number;
  at: Date;
  actor_name: string;
  note: string | null;
  facts: Json<unknown>;
}

/** Read as a safe integer (see `database.ts`). */
type BigInteger = ColumnType<number, number, number>;

/** Written as text, read as parsed. */
type Json<Value> = ColumnType<Value | null, string | null | undefined, string | null>;

interface UsersTable {
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

interface SignInTransactionsTable {
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

interface SessionsTable {
  id: string;
  token_hash: Buffer;
  user_id: string;
  user_agent: string | null;
  kind: Generated<SessionKind>;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
}

interface KnownDevicesTable {
  user_id: string;
  kind: SessionKind;
  /** Empty where it is not known. */
  program: string;
  system: string;
  first_seen_at: Date;
  last_seen_at: Date;
}

interface SignInTicketsTable {
  ticket_hash: Buffer;
  app_challenge: string;
  user_id: string;
  created_at: Date;
  expires_at: Date;
  consumed_at: Date | null;
}

interface KycApplicantsTable {
  user_id: string;
  level_name: string;
  applicant_id: string;
  kyc_status: KycStatus;
  can_retry: boolean;
  reject_labels: string[];
  customer_comment: string | null;
  checked_at: Date;
  traceparent: string | null;
  presence: Generated<Presence>;
  presence_at: Date | null;
  stands_since: Date;
  due_at: Date | null;
  readings: Generated<number>;
}

/** The cause of a verdict. */
export type VerdictEvidence = 'initiate' | 'webhook' | 'poll' | 'rescreen' | 'level';

interface KycVerdictChangesTable {
  id: Generated<number>;
  user_id: string;
  level_name: string;
  applicant_id: string;
  evidence: VerdictEvidence;
  from_status: KycStatus;
  kyc_status: KycStatus;
  can_retry: boolean;
  presence: Presence | 'absent';
  review_status: string | null;
  review_answer: string | null;
  reject_type: string | null;
  reject_labels: string[];
  checks: ColumnType<KycCheck[] | null, string | null, never>;
  at: Date;
}

/** The reader of a verification: the customer, a job of Drop, or an operator at the command line. */
export type AccessActor = 'person' | 'job' | 'operator';

interface KycAccessLogTable {
  id: Generated<number>;
  user_id: string;
  actor: AccessActor;
  actor_name: string;
  what: string;
  why: string;
  at: Date;
  day: string;
}

/** A former customer; a database trigger inserts the row when a user is deleted. */
interface FormerCustomersTable {
  user_id: string;
  gone_at: Date;
}

interface BankConnectionsTable {
  id: string;
  user_id: string;
  provider: string;
  bank_id: string;
  bank_name: string;
  status: ConsentStatus;
  state_hash: Buffer;
  consent_reference: string | null;
  valid_until: Date | null;
  created_at: Date;
  returned_at: Date | null;
  ended_at: Date | null;
  payment_bank_id: string | null;
  decoupled_step: Json<DecoupledStep>;
  ask_again_at: Date | null;
  read_at: Date | null;
  payment_rules: Json<PaymentRules>;
  told_days: number | null;
  /** Written by an earlier version. */
  end_asked_at: Date | null;
  bank_key: string | null;
  routing_version: number | null;
  routing_reason: string | null;
  purposes: Generated<string[]>;
  reads: Generated<string[]>;
  read_through: string | null;
  renews: string | null;
  end_cause: ConsentEndCause | null;
}

interface ConsentsToEndTable {
  connection_id: string;
  since: Date;
  due_at: Date;
}

interface RoutingChangesTable {
  version: number;
  kind: 'apply' | 'rollback' | 'stop' | 'resume';
  policy: Json<RoutingPolicy>;
  restores: number | null;
  changed_at: Date;
  changed_by: string;
  reason: string;
}

interface RoutingParityTable {
  id: Generated<number>;
  account_id: string;
  bank_key: string;
  former_provider: string;
  new_provider: string;
  outcome: ParityOutcome;
  error_code: string | null;
  failed_provider: string | null;
  apart_ms: number | null;
  compared_at: Date;
}

interface BankAccountsTable {
  id: string;
  user_id: string;
  account_number: string | null;
  /**
   * Only for an account without an account number: the provider and its identifier of the account, as
   * `provider:identifier`.
   */
  identity: string | null;
  name: string | null;
  currency: string;
  balance: BigInteger | null;
  balance_currency: string | null;
  balance_type: string | null;
  balance_kind: BalanceKind | null;
  balance_at: Date | null;
  settlement_read_at: Date | null;
  unattended_reads_at: Generated<Date[]>;
  created_at: Date;
}

interface BankAccountConsentsTable {
  /** Ascending in the order in which consents are granted. */
  id: Generated<number>;
  account_id: string;
  connection_id: string;
  provider: string;
  reference: string;
  identity: string | null;
  created_at: Date;
  read_at: Date | null;
  read_attended: boolean | null;
}

interface TransactionsTable {
  id: string;
  user_id: string;
  account_id: string;
  provider: string;
  bank_id: string;
  bank_name: string;
  payment_id: string | null;
  status: PaymentStatus;
  reason: string | null;
  amount: BigInteger;
  currency: string;
  debtor_account_number: string;
  creditor_name: string;
  creditor_account_number: string;
  kid: string | null;
  remittance_text: string | null;
  order_hash: Buffer;
  creditor_credited: Generated<boolean>;
  redirect_url: string | null;
  decoupled_step: Json<DecoupledStep>;
  redirect_expires_at: Date | null;
  state_hash: Buffer;
  idempotency_key: string;
  request_hash: Buffer;
  created_at: Date;
  updated_at: Date;
  asked_at: Date | null;
  settled_at: Date | null;
  traceparent: string | null;
  initiated_at: Date | null;
  returned_at: Date | null;
  contradicted_at: Date | null;
  contradiction: string[] | null;
  due_at: Date | null;
  watched_at: Date | null;
  wanted_at: Date | null;
  wait_until: Date | null;
  dismissed_at: Date | null;
  /** `YYYY-MM-DD`. */
  execution_date: string | null;
  is_instant: Generated<boolean>;
  looked_up_at: Date | null;
  look_up: Json<LookUp>;
}

interface PaymentAccessLogTable {
  id: Generated<number>;
  payment_id: string;
  user_id: string;
  actor_name: string;
  what: 'timeline' | 'reading';
  why: string;
  at: Date;
}

interface PaymentDraftsTable {
  user_id: string;
  sealed: string | null;
  saved_at: Date;
}

interface SavedCreditorsTable {
  id: string;
  user_id: string;
  label: string;
  name: string;
  account_number: string;
  saved_at: Date;
}

interface TransactionEventsTable {
  id: Generated<number>;
  transaction_id: string;
  status: PaymentStatus;
  evidence: Evidence;
  wire_status: string | null;
  reason_code: string | null;
  outcome: 'moved' | 'contradiction';
  differences: string[] | null;
  at: Date;
}

interface WebhookInboxTable {
  id: Generated<number>;
  provider: string;
  deduplication_key: string;
  subject: string;
  event_type: string;
  raw_body: Buffer;
  status: Generated<'received' | 'handled' | 'dead'>;
  attempts: Generated<number>;
  next_attempt_at: Date;
  last_error: string | null;
  received_at: Date;
  handled_at: Date | null;
  failures: Generated<number>;
  in_hand: Generated<boolean>;
  replay_id: number | null;
  request_id: Generated<string | null>;
  traceparent: Generated<string | null>;
}

interface WebhookReplaysTable {
  id: Generated<number>;
  reason: string;
  filters: unknown;
  webhooks: number;
  replayed_at: Date;
  replayed_by: string | null;
}

interface OutboundCallsTable {
  id: Generated<number>;
  provider: string;
  operation: string;
  attempt: number;
  method: string;
  origin: string;
  status: number | null;
  error_code: string | null;
  provider_code: string | null;
  provider_request_id: string | null;
  duration_ms: number;
  request: unknown;
  response: unknown;
  traceparent: string | null;
  started_at: Date;
  request_id: Generated<string | null>;
  user_id: Generated<string | null>;
  payment_id: Generated<string | null>;
  bank_id: Generated<string | null>;
  failure: Generated<'provider' | 'scope' | 'request' | null>;
}

interface ProviderBreakersTable {
  provider: string;
  scope: Generated<string>;
  open_until: Date;
}

interface ProviderSecretsTable {
  connection_id: string | null;
  payment_id: string | null;
  owner_id: ColumnType<string, never, never>;
  sealed: string | null;
  key_id: ColumnType<string | null, never, never>;
  version: Generated<number>;
  expires_at: Date | null;
  lease_holder: string | null;
  leased_until: Date | null;
}

interface KeyFingerprintsTable {
  purpose: KeyPurpose;
  key_id: string;
  fingerprint: string;
  recorded_at: Date;
}
