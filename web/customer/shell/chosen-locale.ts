import { useQueryClient } from '@tanstack/react-query';
import { isLocale, type Locale } from '#domain/locale.ts';
import { request } from '#kit/api/client.ts';
import { chooseLocale, keepLocale } from '#kit/locale/locale.ts';
import { meQuery } from '../api/queries.ts';
import { attempt } from './attempt.ts';
import { tellRefused } from './refused-store.ts';
import { reloadOnce } from './reload-once.ts';

/** The entry in local storage with a choice that the server may not know yet. */
const key = 'drop-locale-to-keep';

/**
 * Shows the app in a language, and tells the server, which writes mails in it. Texts that do not arrive although the
 * server answers are of an older version of the app, so the page is reloaded, once, in the chosen language.
 */
export function useChooseLocale(): (locale: Locale) => Promise<void> {
  const queryClient = useQueryClient();
  return async (locale) => {
    try {
      await chooseLocale(locale);
    } catch {
      const isReloading = (await reloadOnce(() => keepLocale(locale))) === 'reloading';
      return isReloading ? undefined : tellRefused('language');
    }
    tellRefused(undefined);
    attempt(() => window.localStorage.setItem(key, locale));
    if (queryClient.getQueryData(meQuery.queryKey)) await keepChosenLocale();
    /* The server's texts are loaded again in the new language. */
    await queryClient.invalidateQueries();
  };
}

/**
 * Tells the server a choice that it may not know: one that was made without a network, or before the customer signed
 * in. A failure is quiet, since the next start of the app tries again. Resolves with whether the server was told one.
 */
export async function keepChosenLocale(): Promise<boolean> {
  const locale = attempt(() => window.localStorage.getItem(key));
  if (!isLocale(locale)) return false;
  try {
    await request('/api/settings', { method: 'PUT', body: { locale } });
  } catch {
    return false;
  }
  attempt(() => window.localStorage.getItem(key) === locale && window.localStorage.removeItem(key));
  return true;
}
