import { firstStatus, isExpired, reasonOfReplaced, type ReplacementReason } from '#domain/cards/card.ts';
import { DropError } from '#domain/errors.ts';
import { changeCard, findOrderedCard } from '#store/cards/cards.ts';
import { lockUser, type User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { assertVerified } from '../kyc/guard.ts';
import { assertOffered } from './access.ts';
import { cardOf } from './cards.ts';
import { cancelAtIssuer } from './change.ts';
import { issueCard, type OpenedCard } from './issue.ts';
import { keepOrder, sameOrder } from './order.ts';

/** A replacement. Two with one key are one. */
export interface Replacement {
  id: string;
  reason: ReplacementReason;
  idempotencyKey: string;
}

/**
 * Cancels a card and orders one of the same type and limit in its place. The old card is canceled at the issuer first:
 * a lost card must not go on working because the new one could not be ordered.
 *
 * @throws {DropError} `kyc_required`, `kyc_rejected`; `card_unknown`; `card_canceled`; `cards_off` for a type that is
 * no longer offered; `idempotency_key_reused`; `cards_too_many`; `invalid_request` for a card that is said to be
 * expired and is not.
 */
export async function replaceCard(
  context: UseCaseContext,
  user: User,
  { id, reason, idempotencyKey }: Replacement,
): Promise<OpenedCard> {
  assertVerified(user);
  const { store, clock, entropy } = context;
  const old = await cardOf(context, user, id);
  const replacement = { cardId: id, reason };
  const earlier = await findOrderedCard(store.database, { idempotencyKey, userId: user.id });
  if (earlier) return issueCard(context, user, sameOrder(earlier, { type: old.type, replacement }));
  await assertOffered(context, user.id, old.type);
  if (old.status === 'canceled') throw new DropError('card_canceled');
  const at = clock.now();
  if (reason === 'expired' && !isExpired(old.issued, at)) throw notExpired();
  const cancellationReason = reasonOfReplaced[reason];
  await cancelAtIssuer(context, old, cancellationReason);
  const { type, currency, spendingLimit, chainId } = old;
  const order = {
    id: entropy.uuid(),
    userId: user.id,
    type,
    currency,
    spendingLimit,
    chainId,
    idempotencyKey,
  };
  const whole = {
    ...order,
    status: firstStatus[type],
    replacement,
    cancellationReason: undefined,
    createdAt: at,
    isActivated: firstStatus[type] === 'active',
  };
  const kept = await store.database.transaction().execute(async (transaction) => {
    await lockUser(transaction, user.id);
    const same = await findOrderedCard(transaction, order);
    if (same) return sameOrder(same, whole);
    const isKept = await changeCard(transaction, { id, status: 'canceled', cancellationReason, at });
    if (!isKept) throw new DropError('card_canceled');
    return keepOrder(transaction, whole);
  });
  return issueCard(context, user, kept);
}

function notExpired(): DropError {
  const fields = [{ field: 'reason', message: 'the card is not expired' }];
  return new DropError('invalid_request', { fields });
}
