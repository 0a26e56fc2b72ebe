import { useLocale } from '#kit/locale/locale.ts';
import { enPrivacy } from './en-privacy.ts';
import { nbPrivacy, type PrivacyTexts } from './nb-privacy.ts';

/** These texts are loaded with their screens, in both languages, and not with the app. */
export function usePrivacyTexts(): PrivacyTexts {
  return useLocale() === 'en' ? enPrivacy : nbPrivacy;
}
