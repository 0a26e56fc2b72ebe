import { defaultLocale, type Locale } from '#domain/locale.ts';
import { optionalCategories, type OptionalCategory } from '#domain/notice/notices.ts';
import { mailSettingsOf, saveMailSettings } from '#store/mail-settings.ts';
import type { UseCaseContext } from '../context.ts';

export interface Settings {
  /** The language of mails. */
  locale: Locale;
  /** The optional kinds of mail that the customer gets: all of them, until the customer has chosen. */
  optionalMails: OptionalCategory[];
}

export async function settingsOf({ store }: UseCaseContext, userId: string): Promise<Settings> {
  const { locale, optionalMails } = await mailSettingsOf(store.database, userId);
  return {
    locale: locale ?? defaultLocale,
    optionalMails: optionalCategories.filter((kind) => optionalMails?.includes(kind) ?? true),
  };
}

/** Changes the settings that are given. */
export async function changeSettings(
  { store }: UseCaseContext,
  userId: string,
  changed: { locale?: Locale | undefined; optionalMails?: OptionalCategory[] | undefined },
): Promise<void> {
  await saveMailSettings(store.database, userId, changed);
}
