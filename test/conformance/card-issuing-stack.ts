import Stripe from 'stripe';
import { DropError } from '#domain/errors.ts';
import { ManualClock, systemClock } from '#domain/clock.ts';
import { authorizationMethods, authorizationStatuses, cardReasons } from '#domain/cards/authorization.ts';
import { cancellationReasons, cardStatuses, cardTypes, replacementReasons } from '#domain/cards/card.ts';
import { spendingIntervals, type SpendingLimit } from '#domain/cards/spending.ts';
import { Faults } from '#emulation/faults.ts';
import type { SignedWebhook } from '#emulation/webhooks.ts';
import { createStripeEmulator } from '#services/card-issuing/emulator/emulator.ts';
import { createCardIssuingMock } from '#services/card-issuing/mock.ts';
import type { Authorization, CardIssuing, IssuedCard } from '#services/card-issuing/service.ts';
import { listenOnLoopback } from '../support/loopback.ts';

const secretKey = 'sk_test_demo';
export const webhookSecret = 'whsec_demo';

/** The mock, or the emulator through Stripe's own package. */
export interface CardSubject {
  clock: ManualClock;
  issuing: Required<CardIssuing>;
  /** Stripe issues no cards in NOK. */
  currency: string;
  close(): Promise<void>;
}

export interface StripeStack extends CardSubject {
  stripe: Stripe;
  origin: string;
  emulator: ReturnType<typeof createStripeEmulator>;
  delivered: SignedWebhook[];
}

export async function mockSubject(): Promise<CardSubject> {
  const clock = new ManualClock();
  return { clock, issuing: createCardIssuingMock(clock), currency: 'NOK', close: async () => undefined };
}

/** The emulator on a free port of loopback, and the `stripe` package pointed at it. */
export async function stripeStack(): Promise<StripeStack> {
  const clock = new ManualClock();
  const server = await listenOnLoopback(0);
  const delivered: SignedWebhook[] = [];
  const emulator = createStripeEmulator(
    {
      clock,
      origin: server.origin,
      faults: new Faults(systemClock, () => 0),
      random: () => 0,
      deliver: async (webhook) => (delivered.push(webhook), 200),
    },
    { secretKey, webhookSecret, webhookUrl: 'http://localhost/webhook', apiVersion: Stripe.API_VERSION },
  );
  server.handle((request, bindings) => emulator.routes.fetch(request, bindings));
  const { hostname, port } = new URL(server.origin);
  const stripe = new Stripe(secretKey, { host: hostname, port, protocol: 'http', telemetry: false });
  return {
    clock,
    issuing: adapterOf(stripe),
    currency: 'EUR',
    stripe,
    origin: server.origin,
    emulator,
    delivered,
    close: () => server.close(),
  };
}

const address = { line1: 'Storgata 1', city: 'Oslo', postal_code: '0155', country: 'NO' };

/** What a production adapter would be: the contract in terms of Stripe's package. */
function adapterOf(stripe: Stripe): Required<CardIssuing> {
  return {
    async createCardholder({ userId, name, idempotencyKey }) {
      const cardholder = { name, type: 'individual', billing: { address }, metadata: { userId } } as const;
      return (await stripe.issuing.cardholders.create(cardholder, { idempotencyKey })).id;
    },
    async createCard(card) {
      const { cardholderId: cardholder, type, currency, status, replacement, idempotencyKey } = card;
      const created = await stripe.issuing.cards.create(
        {
          cardholder,
          type,
          currency: currency.toLowerCase(),
          status,
          spending_controls: { spending_limits: limitsTo(card.spendingLimits) },
          ...(type === 'physical' && { shipping: { name: 'Kari', address } }),
          ...(replacement && {
            replacement_for: replacement.cardId,
            replacement_reason: replacement.reason,
          }),
        },
        { idempotencyKey },
      );
      return cardFrom(created);
    },
    async updateCard({ id }, { status, cancellationReason, spendingLimits }) {
      const present = await stripe.issuing.cards.retrieve(id);
      if (present.status === 'canceled' && status !== 'canceled') throw new DropError('card_canceled');
      if (present.status === 'canceled') return cardFrom(present);
      return cardFrom(
        await stripe.issuing.cards.update(id, {
          ...(status && { status }),
          ...(cancellationReason && { cancellation_reason: cancellationReason }),
          ...(spendingLimits && { spending_controls: { spending_limits: limitsTo(spendingLimits) } }),
        }),
      );
    },
    testPurchases: {
      async purchase({ id }, { amount, merchantName, method, idempotencyKey }) {
        const helper = stripe.testHelpers.issuing.authorizations;
        const purchase = {
          card: id,
          amount,
          authorization_method: method,
          merchant_data: { name: merchantName },
        } as const;
        const asked = await helper.create(purchase, { idempotencyKey });
        const isHeld = asked.approved && asked.status === 'pending';
        const closed = isHeld
          ? await helper.capture(asked.id, {}, { idempotencyKey: `${idempotencyKey} capture` })
          : asked;
        return authorizationFrom(closed);
      },
    },
  };
}

function limitsTo(limits: readonly SpendingLimit[]) {
  return limits.map(({ amount, interval }) => ({ amount, interval }));
}

function cardFrom(card: Stripe.Issuing.Card): IssuedCard {
  const { replacement_reason: reason, cancellation_reason: cancellation } = card;
  return {
    id: card.id,
    cardholderId: card.cardholder.id,
    type: among(cardTypes, card.type),
    status: among(cardStatuses, card.status),
    currency: card.currency.toUpperCase(),
    last4: card.last4,
    expMonth: card.exp_month,
    expYear: card.exp_year,
    spendingLimits: (card.spending_controls.spending_limits ?? []).map(({ amount, interval }) => {
      return { amount, interval: among(spendingIntervals, interval) };
    }),
    replacementFor: typeof card.replacement_for === 'string' ? card.replacement_for : undefined,
    replacementReason: reason === null ? undefined : among(replacementReasons, reason),
    cancellationReason: cancellation === null ? undefined : among(cancellationReasons, cancellation),
  };
}

function authorizationFrom(from: Stripe.Issuing.Authorization): Authorization {
  return {
    id: from.id,
    cardId: from.card.id,
    approved: from.approved,
    status: among(authorizationStatuses, from.status),
    method: among(authorizationMethods, from.authorization_method),
    amount: from.amount,
    currency: from.currency.toUpperCase(),
    merchantName: from.merchant_data.name ?? '',
    requestHistory: from.request_history.map(({ approved, reason, created }) => {
      return { approved, reason: among(cardReasons, reason), at: new Date(created * 1000) };
    }),
    transactions: from.transactions.map(({ id, type, amount }) => {
      return { id, type: among(['capture', 'refund'] as const, type), amount };
    }),
  };
}

/** A word of Stripe's that the contract knows. */
function among<Word extends string>(words: readonly Word[], text: string): Word {
  const word = words.find((each) => each === text);
  if (word === undefined) throw new RangeError(`${text} is none of ${words.join(', ')}`);
  return word;
}
