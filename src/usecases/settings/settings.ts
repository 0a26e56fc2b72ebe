import { defaultLocale, type Locale } from '#domain/locale.ts';
import type { Money } from '#domain/money.ts';
import { optionalCategories, type OptionalCategory } from '#domain/notice/notices.ts';
import { mailSettingsOf, saveMailSettings } from '#store/mail-settings.ts';
import { ownLimitsOf, saveOwnLimits } from '#store/own-limits.ts';
import type { UseCaseContext } from '../context.ts';

export interface Settings {
  /** The language of mails. */
  locale: Locale;
  /** The optional kinds of mail that the customer gets: all of them, until the customer has chosen. */
  optionalMails: OptionalCategory[];
  /** The customer's own limits, for one payment and for a day. */
  paymentLimit: Money | null;
  dayLimit: Money | null;
}

export async function settingsOf({ store }: UseCaseContext, userId: string): Promise<Settings> {
  const { locale, optionalMails } = await mailSettingsOf(store.database, userId);
  const { paymentLimit, dayLimit } = await ownLimitsOf(store.database, userId);
  return {
    locale: locale ?? defaultLocale,
    optionalMails: optionalCategories.filter((kind) => optionalMails?.includes(kind) ?? true),
    paymentLimit: kroner(paymentLimit),
    dayLimit: kroner(dayLimit),
  };
}

const kroner = (amount: number | null): Money | null =>
  amount === null ? null : { amount, currency: 'NOK' };

/** The members that are undefined stay as they are. */
export type ChangedSettings = { [Name in keyof Settings]?: Settings[Name] | undefined };

/** Changes the settings that are given. */
export async function changeSettings(
  { store }: UseCaseContext,
  userId: string,
  { locale, optionalMails, paymentLimit, dayLimit }: ChangedSettings,
): Promise<void> {
  await store.database.transaction().execute(async (transaction) => {
    await saveMailSettings(transaction, userId, { locale, optionalMails });
    await saveOwnLimits(transaction, userId, { paymentLimit: oere(paymentLimit), dayLimit: oere(dayLimit) });
  });
}

const oere = (limit: Money | null | undefined): number | null | undefined => (limit ? limit.amount : limit);
