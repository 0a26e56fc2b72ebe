import { cardCurrency } from '#domain/cards/limits.ts';
import type { KeptAuthorization } from '#store/cards/authorizations.ts';
import type { OpenedCard } from '#usecases/cards/issue.ts';
import type { Card, CardAuthorization } from './contract/cards.ts';

/** A card as its holder sees it. */
export function shownCard(card: OpenedCard): Card {
  const { id, type, status, isActivated, issued, replacement } = card;
  const { last4, expMonth, expYear } = issued;
  return {
    id,
    type,
    status,
    isActivated,
    currency: cardCurrency,
    last4,
    expMonth,
    expYear,
    spendingLimit: card.spendingLimit ?? null,
    cancellationReason: card.cancellationReason ?? null,
    replacementFor: replacement?.cardId ?? null,
    replacementReason: replacement?.reason ?? null,
    createdAt: card.createdAt.toISOString(),
  };
}

/** An authorisation as the holder of the card sees it. */
export function shownAuthorization(kept: KeptAuthorization): CardAuthorization {
  const { id, approved, reason, status, method, amount, merchantName, at } = kept;
  const currency = cardCurrency;
  return {
    id,
    approved,
    reason,
    status,
    method,
    amount,
    currency,
    merchantName,
    createdAt: at.toISOString(),
  };
}
