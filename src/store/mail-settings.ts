import type { Locale } from '#domain/locale.ts';
import type { Queries } from './database.ts';

/** What a customer has chosen about mails; null until then. */
export interface MailSettings {
  locale: Locale | null;
  optionalMails: string[] | null;
  /** When the customer declined to give an e-mail address. */
  emailDeclinedAt: Date | null;
}

export async function mailSettingsOf(queries: Queries, userId: string): Promise<MailSettings> {
  return queries
    .selectFrom('users')
    .select(['locale', 'optional_mails as optionalMails', 'email_declined_at as emailDeclinedAt'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
}

/** What is undefined stays as it is. */
export async function saveMailSettings(
  queries: Queries,
  userId: string,
  { locale, optionalMails }: { locale?: Locale | undefined; optionalMails?: string[] | undefined },
): Promise<void> {
  if (locale === undefined && optionalMails === undefined) return;
  await queries
    .updateTable('users')
    .set({ ...(locale && { locale }), ...(optionalMails && { optional_mails: optionalMails }) })
    .where('id', '=', userId)
    .execute();
}

/** Keeps the language in which the customer uses Drop, unless one is known. */
export async function keepFirstLocale(queries: Queries, userId: string, locale: Locale): Promise<void> {
  await queries
    .updateTable('users')
    .set({ locale })
    .where('id', '=', userId)
    .where('locale', 'is', null)
    .execute();
}

export async function declineEmail(queries: Queries, userId: string, at: Date): Promise<void> {
  await queries
    .updateTable('users')
    .set({ email_declined_at: at })
    .where('id', '=', userId)
    .where('email_declined_at', 'is', null)
    .execute();
}
