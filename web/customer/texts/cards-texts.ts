import { useLocale } from '#kit/locale/locale.ts';
import { enCards } from './en-cards.ts';
import { nbCards, type CardsTexts } from './nb-cards.ts';

/** These texts are loaded with their screens, in both languages, and not with the app. */
export function useCardsTexts(): CardsTexts {
  return useLocale() === 'en' ? enCards : nbCards;
}
