import { Link } from '@tanstack/react-router';
import type { Card } from '#http/contract/cards.ts';
import { StatusTag } from '#kit/parts/status-tag.tsx';
import { useCardsTexts } from '../texts/cards-texts.ts';
import { cardState, cardTone, expiryOf } from './card-state.ts';

/** A card in the list. */
export function CardLink({ card }: { card: Card }) {
  const texts = useCardsTexts();
  const state = cardState(card);
  return (
    <Link to="/cards/$cardId" params={{ cardId: card.id }} className="row" data-wraps>
      <span className="row-words">
        <span className="row-name">
          {texts.type[card.type]} {texts.endsWith(card.last4)}
        </span>
        <span className="row-text">{texts.validThrough(expiryOf(card))}</span>
      </span>
      <StatusTag tone={cardTone[state]}>{texts.status[state]}</StatusTag>
    </Link>
  );
}
