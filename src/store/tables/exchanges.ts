import type { Generated } from 'kysely';

// The tables of what comes from providers and goes to them.

export interface WebhookInboxTable {
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

export interface WebhookReplaysTable {
  id: Generated<number>;
  reason: string;
  filters: unknown;
  webhooks: number;
  replayed_at: Date;
  replayed_by: string | null;
}

export interface OutboundCallsTable {
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

export interface ProviderBreakersTable {
  provider: string;
  scope: Generated<string>;
  open_until: Date;
}
