import { useLocale } from '#kit/locale/locale.ts';
import { enOrder } from './en-order.ts';
import { nbOrder, type OrderTexts } from './nb-order.ts';

/** These texts are loaded with their screens, in both languages, and not with the app. */
export function useOrderTexts(): OrderTexts {
  return useLocale() === 'en' ? enOrder : nbOrder;
}
