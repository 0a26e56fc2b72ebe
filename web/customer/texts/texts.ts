import type { Locale } from '#domain/locale.ts';
import { useLocale } from '#kit/locale/locale.ts';
import { nb, type Texts } from './nb.ts';

const loaded: { nb: Texts; en?: Texts } = { nb };

/** English is fetched when it is first chosen; bokmål comes with the app. */
export async function loadTexts(locale: Locale): Promise<void> {
  if (locale === 'en') loaded.en ??= (await import('./en.ts')).en;
}

/** The texts of the customer's app in the language that the reader chose. */
export function useTexts(): Texts {
  return useLocale() === 'en' && loaded.en ? loaded.en : loaded.nb;
}
