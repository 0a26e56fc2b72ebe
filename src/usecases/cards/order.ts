import { firstStatus, type CardType } from '#domain/cards/card.ts';
import { cardCurrency, cardsMax } from '#domain/cards/limits.ts';
import { DropError } from '#domain/errors.ts';
import { countCards, findOrderedCard, insertCard, type KeptCard } from '#store/cards/cards.ts';
import type { Queries } from '#store/database.ts';
import { lockUser, type User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { assertVerified } from '../kyc/guard.ts';
import { assertOffered } from './access.ts';
import { issueCard, type OpenedCard } from './issue.ts';

/** What a customer orders. Two orders with one key are one. */
export interface CardOrder {
  type: CardType;
  idempotencyKey: string;
}

/**
 * Orders a card. The order is kept before the issuer is asked, and the issuer takes a repetition for the same card, so
 * an order without an answer is finished by the next request.
 *
 * @throws {DropError} `kyc_required`, `kyc_rejected`; `cards_off` for a type that is not offered; `card_exists`;
 * `cards_too_many`; `idempotency_key_reused`.
 */
export async function orderCard(
  context: UseCaseContext,
  user: User,
  { type, idempotencyKey }: CardOrder,
): Promise<OpenedCard> {
  assertVerified(user);
  await assertOffered(context, user.id, type);
  const id = context.entropy.uuid();
  const order = {
    id,
    userId: user.id,
    type,
    status: firstStatus[type],
    idempotencyKey,
    currency: cardCurrency,
    spendingLimit: undefined,
    cancellationReason: undefined,
    replacement: undefined,
    chainId: id,
    createdAt: context.clock.now(),
    isActivated: firstStatus[type] === 'active',
  };
  const kept = await context.store.database.transaction().execute(async (transaction) => {
    await lockUser(transaction, user.id);
    return keepOrder(transaction, order);
  });
  return issueCard(context, user, kept);
}

/**
 * Keeps an order, or finds the one that was made with its key. To be called with the customer locked.
 *
 * @throws {DropError} `card_exists`; `cards_too_many`; `idempotency_key_reused`.
 */
export async function keepOrder(transaction: Queries, order: Omit<KeptCard, 'issued'>): Promise<KeptCard> {
  const earlier = await findOrderedCard(transaction, order);
  if (earlier) return sameOrder(earlier, order);
  if ((await countCards(transaction, order.userId)) >= cardsMax) throw new DropError('cards_too_many');
  if (!(await insertCard(transaction, order))) throw new DropError('card_exists');
  return { ...order, issued: undefined };
}

/** @throws {DropError} `idempotency_key_reused` when the key was used for another order. */
export function sameOrder(
  earlier: KeptCard,
  { type, replacement }: Pick<KeptCard, 'type' | 'replacement'>,
): KeptCard {
  const isSame =
    earlier.type === type &&
    earlier.replacement?.cardId === replacement?.cardId &&
    earlier.replacement?.reason === replacement?.reason;
  if (!isSame) throw new DropError('idempotency_key_reused');
  return earlier;
}
