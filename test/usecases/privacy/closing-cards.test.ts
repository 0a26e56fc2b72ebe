import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import type { CardType } from '#domain/cards/card.ts';
import { DropError } from '#domain/errors.ts';
import { findCard, insertCard, type KeptCard } from '#store/cards/cards.ts';
import { cancelCard } from '#usecases/cards/change.ts';
import { issueCard, type OpenedCard } from '#usecases/cards/issue.ts';
import { closeAccount } from '#usecases/privacy/close-account.ts';
import { stripeStack, type StripeStack } from '../../conformance/card-issuing-stack.ts';
import { leavingCustomer, type Leaving } from './leaving-customer.ts';

interface Holder extends Leaving {
  stack: StripeStack;
  /** Keeps an order that the issuer has not been asked for. */
  order(type: CardType): Promise<KeptCard>;
  issue(card: KeptCard): Promise<OpenedCard>;
  statuses(): Promise<string[]>;
}

/** A customer whose cards are issued by the emulator, over HTTP; in EUR, since it refuses NOK as Stripe does. */
async function holder(): Promise<Holder> {
  const leaving = await leavingCustomer();
  const stack = await stripeStack();
  onTestFinished(() => stack.close());
  const { context, user } = leaving;
  context.services.cardIssuing = stack.issuing;
  return {
    ...leaving,
    stack,
    async order(type) {
      const id = randomUUID();
      const whole = { id, userId: user.id, type, status: 'active', idempotencyKey: id, chainId: id } as const;
      const rest = { currency: stack.currency, createdAt: context.clock.now(), isActivated: true } as const;
      const none = { spendingLimit: undefined, cancellationReason: undefined, replacement: undefined };
      await insertCard(context.store.database, { ...whole, ...rest, ...none });
      const kept = await findCard(context.store.database, { id, userId: user.id });
      if (!kept) throw new RangeError('the order was kept');
      return kept;
    },
    issue: (card) => issueCard(context, user, card),
    async statuses() {
      const { data } = await stack.stripe.issuing.cards.list();
      return data.map(({ status }) => status);
    },
  };
}

async function close({ context, user, minute }: Holder): Promise<void> {
  await closeAccount(context, user.id, 'customer');
  await minute();
}

test('the cards of a customer who leaves are canceled at the issuer, and then deleted', async () => {
  const leaving = await holder();
  await leaving.issue(await leaving.order('virtual'));
  await leaving.issue(await leaving.order('physical'));
  await close(leaving);
  expect(await leaving.statuses()).toEqual(['canceled', 'canceled']);
  expect(await leaving.count('cards')).toBe(0);
  expect(await leaving.count('card_holders')).toBe(0);
});

test('a card whose order had no answer is canceled as well', async () => {
  const leaving = await holder();
  const { createCard } = leaving.stack.issuing;
  leaving.context.services.cardIssuing = {
    ...leaving.stack.issuing,
    async createCard(card) {
      await createCard(card);
      throw new DropError('provider_timeout', { outcome: 'unknown' });
    },
  };
  const order = await leaving.order('virtual');
  await expect(leaving.issue(order)).rejects.toMatchObject({ code: 'provider_timeout' });
  expect(await leaving.statuses()).toEqual(['active']);
  leaving.context.services.cardIssuing = leaving.stack.issuing;
  await close(leaving);
  expect(await leaving.statuses()).toEqual(['canceled']);
});

test('a card that the customer canceled before is not asked for again', async () => {
  const leaving = await holder();
  const { id } = await leaving.issue(await leaving.order('virtual'));
  await cancelCard(leaving.context, leaving.user, { id, reason: 'lost' });
  leaving.context.services.cardIssuing = {
    ...leaving.stack.issuing,
    updateCard: async () => Promise.reject(new DropError('provider_unavailable')),
  };
  await close(leaving);
  expect(await leaving.count('cards')).toBe(0);
});

test('an issuer that does not answer delays the deletion of the cards, and nothing else', async () => {
  const leaving = await holder();
  await leaving.issue(await leaving.order('virtual'));
  leaving.context.services.cardIssuing = {
    ...leaving.stack.issuing,
    updateCard: async () => Promise.reject(new DropError('provider_unavailable')),
  };
  await close(leaving);
  expect(await leaving.count('cards')).toBe(1);
  expect(await leaving.count('account_closures', "'applicant' = any (steps_done)")).toBe(1);
  leaving.context.services.cardIssuing = leaving.stack.issuing;
  await leaving.minute();
  await leaving.minute();
  expect(await leaving.statuses()).toEqual(['canceled']);
  expect(await leaving.count('cards')).toBe(0);
});
