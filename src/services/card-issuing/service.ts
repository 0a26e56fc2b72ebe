import type { AuthorizationMethod, AuthorizationStatus, CardReason } from '#domain/cards/authorization.ts';
import type { CancellationReason, CardStatus, CardType, ReplacementReason } from '#domain/cards/card.ts';
import type { SpendingLimit, Spent } from '#domain/cards/spending.ts';

/** A person who holds cards: Stripe's `issuing.cardholder` of the type `individual`. */
export interface NewCardholder {
  /** Drop's id of the customer, kept as `metadata`. */
  userId: string;
  name: string;
  /** Two requests with the same key are one. */
  idempotencyKey: string;
}

/** An order of a card: what `POST /v1/issuing/cards` takes. */
export interface NewCard {
  cardholderId: string;
  type: CardType;
  currency: string;
  status: Exclude<CardStatus, 'canceled'>;
  spendingLimits: readonly SpendingLimit[];
  /** The issuer's id of the card that this one replaces, and why. */
  replacement: { cardId: string; reason: ReplacementReason } | undefined;
  /** Two requests with the same key are one. */
  idempotencyKey: string;
}

/** Stripe's `issuing.card`, without number and CVC, which never reach Drop. */
export interface IssuedCard {
  /** `ic_…`. */
  id: string;
  cardholderId: string;
  type: CardType;
  status: CardStatus;
  currency: string;
  last4: string;
  expMonth: number;
  expYear: number;
  spendingLimits: readonly SpendingLimit[];
  replacementFor: string | undefined;
  replacementReason: ReplacementReason | undefined;
  cancellationReason: CancellationReason | undefined;
}

/** A card as Drop last read it: an issuer takes its id, and the mock, which keeps nothing, goes on from the rest. */
export type KnownCard = Pick<
  IssuedCard,
  'id' | 'status' | 'currency' | 'expMonth' | 'expYear' | 'spendingLimits'
>;

/** What a change leaves. */
export type CardState = Pick<IssuedCard, 'id' | 'status' | 'spendingLimits' | 'cancellationReason'>;

/** What changes of a card; what is absent stays. */
export interface CardChange {
  status?: CardStatus | undefined;
  /** With the status `canceled` only. */
  cancellationReason?: CancellationReason | undefined;
  spendingLimits?: readonly SpendingLimit[] | undefined;
}

/** Stripe's `issuing.authorization`, with the transaction that captured it. */
export interface Authorization {
  /** `iauth_…`. */
  id: string;
  cardId: string;
  approved: boolean;
  status: AuthorizationStatus;
  method: AuthorizationMethod;
  /** Minor units of the currency; what the shop asked for, also when it was declined. */
  amount: number;
  currency: string;
  merchantName: string;
  /** Oldest first; the last one is what counts. */
  requestHistory: readonly { approved: boolean; reason: CardReason; at: Date }[];
  /** Captures have a negative amount. */
  transactions: readonly { id: string; type: 'capture' | 'refund'; amount: number }[];
}

/** A purchase that is made up. */
export interface TestPurchase {
  amount: number;
  merchantName: string;
  method: AuthorizationMethod;
  /** What the card, and those that it replaces, spent before. An issuer that keeps this itself ignores it. */
  spent: readonly Spent[];
  /** Two requests with the same key are one. */
  idempotencyKey: string;
}

/** Stripe's test helpers: purchases without a shop. */
export interface TestPurchases {
  /** Asks for an authorisation, and captures it when it is approved. */
  purchase(card: KnownCard, purchase: TestPurchase): Promise<Authorization>;
}

/**
 * Issues cards, in the words of Stripe Issuing (docs.stripe.com/issuing). A call that is repeated with its key, or that
 * asks for what is there already, has no further effect.
 */
export interface CardIssuing {
  /** Makes a cardholder; returns the id, `ich_…`. */
  createCardholder(cardholder: NewCardholder): Promise<string>;
  /** Issues a card. The one that it replaces is not changed. */
  createCard(card: NewCard): Promise<IssuedCard>;
  /**
   * Changes a card.
   *
   * @throws {DropError} `card_canceled` for a card that is canceled, which is for good, unless the change cancels it.
   */
  updateCard(card: KnownCard, change: CardChange): Promise<CardState>;
  /** Absent at an issuer with real cards. */
  readonly testPurchases?: TestPurchases;
}
