import { DropError } from '#domain/errors.ts';
import type { CardType } from '#domain/cards/card.ts';
import type { UseCaseContext } from '../context.ts';

/**
 * Refuses whoever has no cards in Drop. To be called before anything of cards is read or changed.
 *
 * @throws {DropError} `cards_off`.
 */
export async function assertCardsOn({ flags }: Pick<UseCaseContext, 'flags'>, userId: string): Promise<void> {
  if (!(await flags.isOn('cards', userId))) throw new DropError('cards_off');
}

/** The types of cards that a person may order. */
export async function offeredTypes(
  { flags }: Pick<UseCaseContext, 'flags'>,
  userId: string,
): Promise<CardType[]> {
  return (await flags.isOn('physical-cards', userId)) ? ['virtual', 'physical'] : ['virtual'];
}

/** @throws {DropError} `cards_off` for a type that the person may not order. */
export async function assertOffered(
  context: Pick<UseCaseContext, 'flags'>,
  userId: string,
  type: CardType,
): Promise<void> {
  if (!(await offeredTypes(context, userId)).includes(type)) throw new DropError('cards_off');
}
