import type { CancellationReason, CardStatus } from '#domain/cards/card.ts';
import type { SpendingLimit } from '#domain/cards/spending.ts';
import { DropError } from '#domain/errors.ts';
import type { CardChange, KnownCard } from '#services/card-issuing/service.ts';
import { changeCard } from '#store/cards/cards.ts';
import type { User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { cardOf } from './cards.ts';
import { contradiction, type OpenedCard } from './issue.ts';

/** What a customer changes of a card; what is undefined stays. */
export interface WantedChange {
  /** `inactive` freezes the card. */
  status?: Exclude<CardStatus, 'canceled'> | undefined;
  /** Null takes the limit away. */
  spendingLimit?: SpendingLimit | null | undefined;
}

/**
 * Freezes a card, makes it usable, or sets its limit. The issuer is told first: until it has answered, the card is
 * shown as it was, and the customer repeats the change.
 *
 * @throws {DropError} `card_unknown`; `card_canceled`.
 */
export async function changeOwnCard(
  context: UseCaseContext,
  user: User,
  { id, ...wanted }: WantedChange & { id: string },
): Promise<OpenedCard> {
  const card = await cardOf(context, user, id);
  const { status, spendingLimit } = wanted;
  await tellIssuer(context, card, { status, ...(spendingLimit !== undefined && limitsOf(spendingLimit)) });
  const isKept = await changeCard(context.store.database, { id, ...wanted, at: context.clock.now() });
  if (!isKept) throw new DropError('card_canceled');
  return cardOf(context, user, id);
}

/**
 * Cancels a card for good. One that is canceled already stays as it is.
 *
 * @throws {DropError} `card_unknown`.
 */
export async function cancelCard(
  context: UseCaseContext,
  user: User,
  { id, reason }: { id: string; reason: CancellationReason | undefined },
): Promise<OpenedCard> {
  const card = await cardOf(context, user, id);
  await cancelAtIssuer(context, card, reason);
  const change = { id, status: 'canceled', cancellationReason: reason, at: context.clock.now() } as const;
  await changeCard(context.store.database, change);
  return cardOf(context, user, id);
}

/** Cancels a card at the issuer, which takes a repetition for the same. */
export async function cancelAtIssuer(
  context: UseCaseContext,
  card: OpenedCard,
  reason: CancellationReason | undefined,
): Promise<void> {
  await tellIssuer(context, card, { status: 'canceled', cancellationReason: reason });
}

/** The card as the issuer's contract takes it. */
export function knownCard({ issued, status, currency, spendingLimit }: OpenedCard): KnownCard {
  const { id, expMonth, expYear } = issued;
  return { id, status, currency, expMonth, expYear, ...limitsOf(spendingLimit) };
}

async function tellIssuer({ services }: UseCaseContext, card: OpenedCard, change: CardChange): Promise<void> {
  const answer = await services.cardIssuing.updateCard(knownCard(card), change);
  const isAsAsked = change.status === undefined || answer.status === change.status;
  if (answer.id !== card.issued.id || !isAsAsked) throw contradiction('a card in another state');
}

function limitsOf(limit: SpendingLimit | null | undefined): { spendingLimits: SpendingLimit[] } {
  return { spendingLimits: limit ? [limit] : [] };
}
