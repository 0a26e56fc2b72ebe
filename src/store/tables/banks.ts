import type { ColumnType, Generated } from 'kysely';
import type { PaymentRules } from '#domain/banking/payment-rules.ts';
import type { DecoupledStep } from '#domain/banking/next-step.ts';
import type { BalanceKind } from '#domain/banking/balance.ts';
import type { ConsentEndCause, ConsentStatus } from '#domain/banking/consent.ts';
import type { BigInteger, Json } from './column-types.ts';

// The tables of consents and accounts, and of the secrets that are kept for a consent or a payment.

export interface BankConnectionsTable {
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

export interface ConsentsToEndTable {
  connection_id: string;
  since: Date;
  due_at: Date;
}

export interface BankAccountsTable {
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

export interface BankAccountConsentsTable {
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

export interface ProviderSecretsTable {
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
