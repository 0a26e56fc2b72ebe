import { useLocale } from '#kit/locale/locale.ts';
import { enHome } from './en-home.ts';
import { nbHome, type HomeTexts } from './nb-home.ts';

/** These texts are loaded with the home screen, in both languages, and not with the app. */
export function useHomeTexts(): HomeTexts {
  return useLocale() === 'en' ? enHome : nbHome;
}
