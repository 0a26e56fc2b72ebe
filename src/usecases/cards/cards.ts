import type { CardType } from '#domain/cards/card.ts';
import { cardsMax, shownAuthorizationsMax } from '#domain/cards/limits.ts';
import { DropError } from '#domain/errors.ts';
import { listAuthorizations, type KeptAuthorization } from '#store/cards/authorizations.ts';
import { findCard, listCards } from '#store/cards/cards.ts';
import type { User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { offeredTypes } from './access.ts';
import { issueCard, type OpenedCard } from './issue.ts';

/** A customer's cards, the newest first, and what else can be ordered now: one of each type at a time. */
export interface Cards {
  cards: OpenedCard[];
  orderable: CardType[];
}

/** The cards of a customer. */
export async function cardsOf(context: UseCaseContext, user: User): Promise<Cards> {
  const kept = await listCards(context.store.database, user.id, cardsMax);
  const cards: OpenedCard[] = [];
  for (const card of kept) cards.push(await issueCard(context, user, card));
  const held = cards.filter(({ status }) => status !== 'canceled').map(({ type }) => type);
  const offered = await offeredTypes(context, user.id);
  return { cards, orderable: offered.filter((type) => !held.includes(type)) };
}

/** @throws {DropError} `card_unknown` where the customer has no such card. */
export async function cardOf(context: UseCaseContext, user: User, id: string): Promise<OpenedCard> {
  const card = await findCard(context.store.database, { id, userId: user.id });
  if (!card) throw new DropError('card_unknown');
  return issueCard(context, user, card);
}

/** The newest authorisations of a card of the customer's. */
export async function authorizationsOf(
  { store }: UseCaseContext,
  { id }: Pick<OpenedCard, 'id'>,
): Promise<KeptAuthorization[]> {
  return listAuthorizations(store.database, id, shownAuthorizationsMax);
}
