import { isExpired, type CardStatus } from './card.ts';
import { fitsIn, type SpendingLimit, type Spent } from './spending.ts';

/**
 * The reasons that a card itself gives, in the words of Stripe's `request_history[].reason`
 * (docs.stripe.com/api/issuing/authorizations/object). Stripe adds others, such as `suspected_fraud`.
 */
export const cardReasons = [
  'card_active',
  'card_canceled',
  'card_expired',
  'card_inactive',
  'spending_controls',
] as const;
export type CardReason = (typeof cardReasons)[number];

/** How a card is used at a shop. */
export const authorizationMethods = ['chip', 'contactless', 'keyed_in', 'online', 'swipe'] as const;
export type AuthorizationMethod = (typeof authorizationMethods)[number];

/** `pending`: money is held. `closed`: captured, or declined. */
export const authorizationStatuses = ['pending', 'closed', 'reversed', 'expired'] as const;
export type AuthorizationStatus = (typeof authorizationStatuses)[number];

/** The card as far as it decides a purchase. */
export interface JudgedCard {
  status: CardStatus;
  expYear: number;
  expMonth: number;
  spendingLimits: readonly SpendingLimit[];
}

/** Whether a purchase is approved, with the reason in Stripe's word. */
export interface Verdict {
  approved: boolean;
  reason: CardReason;
}

const reasonOfStatus = {
  canceled: { approved: false, reason: 'card_canceled' },
  inactive: { approved: false, reason: 'card_inactive' },
  active: undefined,
} as const satisfies Record<CardStatus, Verdict | undefined>;

/** Judges a purchase. The status counts before the expiry, and the expiry before the limits. */
export function judgePurchase(card: JudgedCard, purchase: Spent, spent: readonly Spent[]): Verdict {
  const declined = reasonOfStatus[card.status];
  if (declined) return declined;
  if (isExpired(card, purchase.at)) return { approved: false, reason: 'card_expired' };
  const fits = card.spendingLimits.every((limit) => fitsIn(limit, purchase, spent));
  return fits ? { approved: true, reason: 'card_active' } : { approved: false, reason: 'spending_controls' };
}
