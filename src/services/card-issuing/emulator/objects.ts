import type { AuthorizationMethod, AuthorizationStatus, CardReason } from '#domain/cards/authorization.ts';
import type { CardStatus, CardType } from '#domain/cards/card.ts';
import type { SpendingLimit } from '#domain/cards/spending.ts';

/** Objects as Stripe's API returns them (docs.stripe.com/api/issuing); `created` is in seconds. */
interface StripeObject {
  id: string;
  created: number;
  livemode: false;
  metadata: Record<string, string>;
}

export interface StripeCardholder extends StripeObject {
  object: 'issuing.cardholder';
  type: 'individual';
  name: string;
  status: 'active' | 'inactive' | 'blocked';
  billing: { address: Record<string, string | null> };
  email: string | null;
  phone_number: string | null;
}

export interface StripeCard extends StripeObject {
  object: 'issuing.card';
  brand: 'Visa';
  cardholder: StripeCardholder;
  type: CardType;
  status: CardStatus;
  currency: string;
  last4: string;
  exp_month: number;
  exp_year: number;
  cancellation_reason: 'lost' | 'stolen' | null;
  replaced_by: string | null;
  replacement_for: string | null;
  replacement_reason: 'damaged' | 'expired' | 'lost' | 'stolen' | null;
  shipping: { name: string } | null;
  spending_controls: { spending_limits: (SpendingLimit & { categories: [] })[] };
}

export interface StripeAuthorization extends StripeObject {
  object: 'issuing.authorization';
  amount: number;
  approved: boolean;
  authorization_method: AuthorizationMethod;
  card: StripeCard;
  cardholder: string;
  currency: string;
  merchant_amount: number;
  merchant_currency: string;
  merchant_data: { name: string; category: string; category_code: string; network_id: string };
  pending_request: null;
  request_history: {
    amount: number;
    approved: boolean;
    created: number;
    currency: string;
    merchant_amount: number;
    merchant_currency: string;
    reason: CardReason;
    reason_message: null;
  }[];
  status: AuthorizationStatus;
  transactions: StripeTransaction[];
}

export interface StripeTransaction extends StripeObject {
  object: 'issuing.transaction';
  amount: number;
  authorization: string;
  card: string;
  cardholder: string;
  currency: string;
  merchant_amount: number;
  merchant_currency: string;
  type: 'capture' | 'refund';
}

export type Kept = StripeCardholder | StripeCard | StripeAuthorization | StripeTransaction;
