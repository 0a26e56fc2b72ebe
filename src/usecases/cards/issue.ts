import { DropError } from '#domain/errors.ts';
import type { IssuedCard } from '#services/card-issuing/service.ts';
import { changeCard, findCard, findCardholder, saveCardholder, type KeptCard } from '#store/cards/cards.ts';
import type { User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';

/** A card that the issuer has issued. */
export type OpenedCard = KeptCard & { issued: NonNullable<KeptCard['issued']> };

/**
 * The card with what the issuer says of it. Asks the issuer where the order has no answer yet; the issuer takes the
 * card's id for the key, so that two requests at once order one card.
 *
 * @throws {DropError} `provider_invalid_response` when the issuer issued another card than the one ordered.
 */
export async function issueCard(
  context: UseCaseContext,
  user: Pick<User, 'id' | 'name'>,
  card: KeptCard,
): Promise<OpenedCard> {
  if (card.issued) return { ...card, issued: card.issued };
  const cardholderId = await cardholderOf(context, user);
  const answer = await context.services.cardIssuing.createCard({
    cardholderId,
    type: card.type,
    currency: card.currency,
    status: card.status === 'active' ? 'active' : 'inactive',
    spendingLimits: card.spendingLimit ? [card.spendingLimit] : [],
    replacement: await replacedBy(context, card),
    idempotencyKey: card.id,
  });
  if (!isOrdered(answer, { ...card, cardholderId })) throw contradiction('another card than the one ordered');
  const { id, last4, expMonth, expYear } = answer;
  const issued = { id, last4, expMonth, expYear };
  await changeCard(context.store.database, { id: card.id, issued, at: context.clock.now() });
  return { ...card, issued };
}

/** The error for an answer that contradicts what was asked. */
export function contradiction(what: string): DropError {
  return new DropError('provider_invalid_response', {
    message: `the card issuer answered with ${what}`,
    provider: 'card-issuing',
    outcome: 'unknown',
  });
}

async function cardholderOf(
  { store, services, clock }: UseCaseContext,
  { id: userId, name }: Pick<User, 'id' | 'name'>,
): Promise<string> {
  const known = await findCardholder(store.database, userId);
  if (known !== undefined) return known;
  const issuerId = await services.cardIssuing.createCardholder({ userId, name, idempotencyKey: userId });
  await saveCardholder(store.database, { userId, issuerId, at: clock.now() });
  return issuerId;
}

async function replacedBy({ store }: UseCaseContext, { replacement, userId }: KeptCard) {
  if (!replacement) return undefined;
  const replaced = await findCard(store.database, { id: replacement.cardId, userId });
  return replaced?.issued && { cardId: replaced.issued.id, reason: replacement.reason };
}

function isOrdered(
  answer: IssuedCard,
  { cardholderId, type, currency, status }: Pick<IssuedCard, 'cardholderId' | 'type' | 'currency' | 'status'>,
): boolean {
  const isSameCard = answer.type === type && answer.currency === currency && answer.status === status;
  return isSameCard && answer.cardholderId === cardholderId;
}
