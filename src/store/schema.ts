import type { Generated } from 'kysely';
import type { AuditEntriesTable, AuditDaysTable, AuditRootsTable } from './tables/audit.ts';
import type {
  BankConnectionsTable,
  ConsentsToEndTable,
  BankAccountsTable,
  BankAccountConsentsTable,
  ProviderSecretsTable,
} from './tables/banks.ts';
import type { CardHoldersTable, CardsTable, CardAuthorizationsTable } from './tables/cards.ts';
import type {
  WebhookInboxTable,
  WebhookReplaysTable,
  OutboundCallsTable,
  ProviderBreakersTable,
} from './tables/exchanges.ts';
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
} from './tables/messages.ts';
import type {
  CustomerAccessLogTable,
  RunningProcessesTable,
  KeyFingerprintsTable,
  ErrorGroupsTable,
  IncidentEntriesTable,
  FlagChangesTable,
} from './tables/operator.ts';
import type {
  TransactionsTable,
  TransactionEventsTable,
  PaymentAccessLogTable,
  PaymentDraftsTable,
  SavedCreditorsTable,
} from './tables/payments.ts';
import type { AccountClosuresTable, DataCopiesTable } from './tables/privacy.ts';
import type { RoutingChangesTable, RoutingParityTable } from './tables/routing.ts';
import type {
  UsersTable,
  SignInTransactionsTable,
  SessionsTable,
  KnownDevicesTable,
  SignInTicketsTable,
  FormerCustomersTable,
} from './tables/sign-in.ts';
import type { KycApplicantsTable, KycVerdictChangesTable, KycAccessLogTable } from './tables/verification.ts';

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
