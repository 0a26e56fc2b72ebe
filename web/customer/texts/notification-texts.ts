import type { Locale } from '#domain/locale.ts';
import { useLocale } from '#kit/locale/locale.ts';
import { enNotifications } from './en-notifications.ts';
import { nbNotifications } from './nb-notifications.ts';

const texts: Record<Locale, typeof nbNotifications> = { nb: nbNotifications, en: enNotifications };

/** The texts of the inbox. They come with it, after the first screen. */
export function useNotificationTexts(): typeof nbNotifications {
  return texts[useLocale()];
}
