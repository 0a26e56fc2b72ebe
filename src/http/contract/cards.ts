import { z } from 'zod';
import { authorizationMethods, authorizationStatuses, cardReasons } from '#domain/cards/authorization.ts';
import { cancellationReasons, cardStatuses, cardTypes, replacementReasons } from '#domain/cards/card.ts';
import { cardAmountMax, cardCurrency, merchantNameLengthMax } from '#domain/cards/limits.ts';
import { spendingIntervals } from '#domain/cards/spending.ts';
import { timestampSchema } from './values.ts';

/** Minor units: øre. */
const cardAmountSchema = z.int().min(1).max(cardAmountMax);

const spendingLimitSchema = z.object({ amount: cardAmountSchema, interval: z.enum(spendingIntervals) });

export const cardSchema = z.object({
  id: z.uuid(),
  type: z.enum(cardTypes),
  /** `inactive`: frozen, or not activated yet. `canceled`: for good. */
  status: z.enum(cardStatuses),
  /** Whether it was ever active: an inactive card is frozen then, and waits for its activation otherwise. */
  isActivated: z.boolean(),
  currency: z.literal(cardCurrency),
  /** The number itself and the CVC are never in Drop. */
  last4: z.string().regex(/^\d{4}$/),
  expMonth: z.int(),
  expYear: z.int(),
  spendingLimit: spendingLimitSchema.nullable(),
  cancellationReason: z.enum(cancellationReasons).nullable(),
  replacementFor: z.uuid().nullable(),
  replacementReason: z.enum(replacementReasons).nullable(),
  createdAt: timestampSchema,
});

export const cardsSchema = z.object({
  /** The newest first. */
  cards: z.array(cardSchema),
  /** The types of which another card can be ordered now. */
  orderable: z.array(z.enum(cardTypes)),
  /** True while cards are made up: they pay for nothing. */
  isTest: z.literal(true),
});

/** A purchase that was approved or declined. */
export const authorizationSchema = z.object({
  id: z.uuid(),
  approved: z.boolean(),
  /** Why, in the word of Stripe Issuing. */
  reason: z.enum(cardReasons),
  status: z.enum(authorizationStatuses),
  method: z.enum(authorizationMethods),
  amount: z.int(),
  currency: z.literal(cardCurrency),
  merchantName: z.string(),
  createdAt: timestampSchema,
});

export const openedCardSchema = cardSchema.extend({
  /** The newest 50, the newest first. */
  authorizations: z.array(authorizationSchema),
});

export const newCardSchema = z.strictObject({ type: z.enum(cardTypes) });
/** What is absent stays as it is. */
export const changedCardSchema = z.strictObject({
  status: z.enum(['inactive', 'active']).optional(),
  spendingLimit: z
    .strictObject({ amount: cardAmountSchema, interval: z.enum(spendingIntervals) })
    .nullable()
    .optional(),
});
export const canceledCardSchema = z.strictObject({ reason: z.enum(cancellationReasons).optional() });
export const replacedCardSchema = z.strictObject({ reason: z.enum(replacementReasons) });
export const newTestPurchaseSchema = z.strictObject({
  amount: cardAmountSchema,
  merchantName: z.string().trim().min(1).max(merchantNameLengthMax),
});

export type Card = z.output<typeof cardSchema>;
export type Cards = z.output<typeof cardsSchema>;
export type OpenedCard = z.output<typeof openedCardSchema>;
export type CardAuthorization = z.output<typeof authorizationSchema>;
export type ChangedCard = z.input<typeof changedCardSchema>;
export type NewTestPurchase = z.input<typeof newTestPurchaseSchema>;
