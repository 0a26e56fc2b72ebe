import { cardsMax } from '#domain/cards/limits.ts';
import { listCards } from '#store/cards/cards.ts';
import { findUser } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { cancelCard } from './change.ts';

/**
 * Cancels every card of a customer who leaves, at the issuer first. An order that the issuer has not answered yet may
 * have made a card there: it is finished by its key, so that there is a card to cancel.
 */
export async function cancelCardsOf(context: UseCaseContext, userId: string): Promise<void> {
  const { database } = context.store;
  const user = await findUser(database, userId);
  if (!user) return;
  for (const { id, status } of await listCards(database, userId, cardsMax))
    if (status !== 'canceled') await cancelCard(context, user, { id, reason: undefined });
}
