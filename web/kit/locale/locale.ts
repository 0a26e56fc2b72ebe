import { useSyncExternalStore } from 'react';
import { defaultLocale, isLocale, type Locale } from '#domain/locale.ts';

const cookieName = 'drop-locale';
const cookieSeconds = 365 * 24 * 60 * 60;

/** Fetches what the screens need to be shown in a language. */
export type LoadTexts = (locale: Locale) => Promise<void>;

const listeners = new Set<() => void>();
let current: Locale = defaultLocale;
let loadTexts: LoadTexts = async () => undefined;

/**
 * Applies the language chosen earlier. It must complete before the first rendering. `load` is the app's own: it runs
 * before a language is shown, at the start and at each later choice. Without the texts of that language the app starts
 * in the default one; resolves with whether it did not have to.
 */
export async function startLocale(load: LoadTexts): Promise<boolean> {
  loadTexts = load;
  const stored = new RegExp(`(?:^|; )${cookieName}=([a-z]+)`).exec(document.cookie)?.[1];
  try {
    await show(isLocale(stored) ? stored : defaultLocale);
    return true;
  } catch {
    await show(defaultLocale);
    return false;
  }
}

/** Rejects, and changes nothing, if the texts cannot be fetched. */
export async function chooseLocale(locale: Locale): Promise<void> {
  await loadTexts(locale);
  keepLocale(locale);
  await show(locale);
}

/** Has the next page start in the language. */
export function keepLocale(locale: Locale): void {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `${cookieName}=${locale}; Path=/; Max-Age=${cookieSeconds}; SameSite=Lax${secure}`;
}

export function currentLocale(): Locale {
  return current;
}

export function useLocale(): Locale {
  return useSyncExternalStore(subscribe, currentLocale);
}

async function show(locale: Locale): Promise<void> {
  await loadTexts(locale);
  current = locale;
  document.documentElement.lang = locale;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
