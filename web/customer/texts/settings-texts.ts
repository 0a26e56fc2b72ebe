import { useLocale } from '#kit/locale/locale.ts';
import { enSettings } from './en-settings.ts';
import { nbSettings, type SettingsTexts } from './nb-settings.ts';

/** These texts are loaded with their screens, in both languages, and not with the app. */
export function useSettingsTexts(): SettingsTexts {
  return useLocale() === 'en' ? enSettings : nbSettings;
}
