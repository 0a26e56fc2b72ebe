import type { Card } from '#http/contract/cards.ts';
import type { Tone } from '#kit/parts/status-tag.tsx';
import type { CardsTexts } from '../texts/nb-cards.ts';

/** A card's status for its holder. */
export function cardState({
  status,
  isActivated,
}: Pick<Card, 'status' | 'isActivated'>): keyof CardsTexts['status'] {
  if (status !== 'inactive') return status;
  return isActivated ? 'frozen' : 'waiting';
}

/** The colour of each state. */
export const cardTone: Record<keyof CardsTexts['status'], Tone> = {
  active: 'success',
  frozen: 'info',
  waiting: 'warning',
  canceled: 'neutral',
};

/** `02/2029`, as it stands on a card. */
export function expiryOf({ expMonth, expYear }: Pick<Card, 'expMonth' | 'expYear'>): string {
  return `${String(expMonth).padStart(2, '0')}/${expYear}`;
}
