import type { Locale } from '#domain/locale.ts';
import { useLocale } from './locale.ts';

interface KitTexts {
  close: string;
  loading: string;
}

const texts: Record<Locale, KitTexts> = {
  nb: { close: 'Lukk', loading: 'Laster' },
  en: { close: 'Close', loading: 'Loading' },
};

/** The few texts that the parts of the kit bring themselves; all others are the app's. */
export function useKitTexts(): KitTexts {
  return texts[useLocale()];
}
