import type { AuditKind } from '#domain/audit/entry.ts';

/** The rows that a kind of entries records. */
export interface AuditSource {
  table: string;
  /** The column that an entry names its rows by. */
  key: string;
  keyType: 'uuid' | 'bigint' | 'integer';
  /** The columns of the digest: those that never change. */
  columns: readonly string[];
  /** How long, in milliseconds, Drop keeps the rows at the least; absent where it does not delete them. */
  keptMsMin?: number;
  /** How many rows Drop keeps at the most, the newest ones. */
  rowsMax?: number;
}

const dayMs = 86_400_000;

/**
 * Where the recorded rows are. Columns are only ever added under a new kind: the digests of older entries are made of
 * these.
 */
export const auditSources: Readonly<Partial<Record<AuditKind, AuditSource>>> = {
  order: {
    table: 'transactions',
    key: 'id',
    keyType: 'uuid',
    columns: [
      ...['user_id', 'account_id', 'provider', 'bank_id', 'bank_name', 'amount', 'currency'],
      ...['debtor_account_number', 'creditor_name', 'creditor_account_number', 'kid', 'remittance_text'],
      ...['execution_date', 'is_instant', 'order_hash', 'idempotency_key', 'request_hash', 'created_at'],
    ],
  },
  move: {
    table: 'transaction_events',
    key: 'id',
    keyType: 'bigint',
    columns: [
      ...['transaction_id', 'status', 'evidence', 'wire_status', 'reason_code'],
      ...['outcome', 'differences', 'at'],
    ],
  },
  notice: {
    table: 'outbox',
    key: 'id',
    keyType: 'uuid',
    columns: [
      ...['channel', 'recipient', 'user_id', 'code', 'parameters', 'deduplication_key', 'created_at'],
    ],
    keptMsMin: 90 * dayMs,
  },
  calls: {
    table: 'outbound_calls',
    key: 'id',
    keyType: 'bigint',
    columns: [
      ...['provider', 'operation', 'attempt', 'method', 'origin', 'status', 'error_code', 'provider_code'],
      ...['provider_request_id', 'duration_ms', 'request', 'response', 'traceparent', 'started_at'],
    ],
    keptMsMin: 14 * dayMs,
    rowsMax: 1_000_000,
  },
  verdict: {
    table: 'kyc_verdict_changes',
    key: 'id',
    keyType: 'bigint',
    columns: [
      ...['user_id', 'level_name', 'applicant_id', 'evidence', 'from_status', 'kyc_status', 'can_retry'],
      ...['presence', 'review_status', 'review_answer', 'reject_type', 'reject_labels', 'checks', 'at'],
    ],
  },
  access: {
    table: 'kyc_access_log',
    key: 'id',
    keyType: 'bigint',
    columns: ['user_id', 'actor', 'actor_name', 'what', 'why', 'at'],
    keptMsMin: 1_827 * dayMs,
  },
  payment_access: {
    table: 'payment_access_log',
    key: 'id',
    keyType: 'bigint',
    columns: ['payment_id', 'user_id', 'actor_name', 'what', 'why', 'at'],
    keptMsMin: 1_827 * dayMs,
  },
  customer_access: {
    table: 'customer_access_log',
    key: 'id',
    keyType: 'bigint',
    columns: ['user_id', 'actor_name', 'what', 'subject', 'why', 'at'],
    keptMsMin: 1_827 * dayMs,
  },
  routing: {
    table: 'routing_changes',
    key: 'version',
    keyType: 'integer',
    columns: ['version', 'kind', 'policy', 'restores', 'changed_at', 'changed_by', 'reason'],
  },
  flag: {
    table: 'flag_changes',
    key: 'id',
    keyType: 'bigint',
    columns: ['flag', 'user_id', 'is_on', 'changed_at', 'changed_by', 'reason'],
  },
  incident: {
    table: 'incident_entries',
    key: 'id',
    keyType: 'bigint',
    columns: ['incident_id', 'at', 'actor_name', 'note', 'facts'],
  },
  replay: {
    table: 'webhook_replays',
    key: 'id',
    keyType: 'bigint',
    columns: ['reason', 'filters', 'replayed_at'],
  },
  replay_by: {
    table: 'webhook_replays',
    key: 'id',
    keyType: 'bigint',
    columns: ['reason', 'filters', 'replayed_at', 'replayed_by'],
  },
};

/** The part of `row` that the digest of a `kind` is made of; an absent value counts as null. */
export function recordedOf(kind: AuditKind, row: Readonly<Record<string, unknown>>): unknown[] {
  return (auditSources[kind]?.columns ?? []).map((column) => row[column] ?? null);
}
