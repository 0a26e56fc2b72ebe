import type { AuthorizationMethod, AuthorizationStatus, CardReason } from '#domain/cards/authorization.ts';
import type { CancellationReason, CardStatus, CardType, ReplacementReason } from '#domain/cards/card.ts';
import type { SpendingInterval } from '#domain/cards/spending.ts';

/** A customer as the issuer knows them. */
export interface CardHoldersTable {
  user_id: string;
  issuer_id: string;
  created_at: Date;
}

/** Cards, without number and CVC. */
export interface CardsTable {
  id: string;
  user_id: string;
  type: CardType;
  status: CardStatus;
  idempotency_key: string;
  /** Null, as the three after it, until the issuer has answered. */
  issuer_id: string | null;
  last4: string | null;
  exp_month: number | null;
  exp_year: number | null;
  currency: string;
  limit_amount: number | null;
  limit_interval: SpendingInterval | null;
  cancellation_reason: CancellationReason | null;
  replacement_for: string | null;
  replacement_reason: ReplacementReason | null;
  chain_id: string;
  created_at: Date;
  activated_at: Date | null;
  canceled_at: Date | null;
}

/** Purchases that were approved or declined. */
export interface CardAuthorizationsTable {
  id: string;
  card_id: string;
  idempotency_key: string;
  issuer_id: string;
  approved: boolean;
  reason: CardReason;
  status: AuthorizationStatus;
  method: AuthorizationMethod;
  amount: number;
  currency: string;
  merchant_name: string;
  transaction_id: string | null;
  authorized_at: Date;
}
