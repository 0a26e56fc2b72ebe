import type { Generated } from 'kysely';
import type { DecoupledStep } from '#domain/banking/next-step.ts';
import type { LookUp } from '#domain/payment/look-up.ts';
import type { Evidence, PaymentStatus } from '#domain/payment/status.ts';
import type { BigInteger, Json } from './column-types.ts';

// The tables of payments.

export interface TransactionsTable {
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

export interface TransactionEventsTable {
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

export interface PaymentAccessLogTable {
  id: Generated<number>;
  payment_id: string;
  user_id: string;
  actor_name: string;
  what: 'timeline' | 'reading';
  why: string;
  at: Date;
}

export interface PaymentDraftsTable {
  user_id: string;
  sealed: string | null;
  saved_at: Date;
}

export interface SavedCreditorsTable {
  id: string;
  user_id: string;
  label: string;
  name: string;
  account_number: string;
  saved_at: Date;
}
