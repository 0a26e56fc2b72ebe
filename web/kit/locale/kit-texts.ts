import type { Locale } from '#domain/locale.ts';
import { useLocale } from './locale.ts';

interface KitTexts {
  close: string;
  loading: string;
  loadsOnline: string;
  loadsSlowly: string;
  reload: string;
}

const texts: Record<Locale, KitTexts> = {
  nb: {
    close: 'Lukk',
    loading: 'Laster',
    loadsOnline: 'Kommer når nettet er tilbake.',
    loadsSlowly: 'Det tar lengre tid enn vanlig.',
    reload: 'Last siden på nytt',
  },
  en: {
    close: 'Close',
    loading: 'Loading',
    loadsOnline: 'This will load when you are back online.',
    loadsSlowly: 'This is taking longer than usual.',
    reload: 'Reload the page',
  },
};

/** The few texts that the parts of the kit bring themselves; all others are the app's. */
export function useKitTexts(): KitTexts {
  return texts[useLocale()];
}
