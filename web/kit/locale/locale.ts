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
 * before a language is shown, at the start and at each later choice.
 */
export async function startLocale(load: LoadTexts): Promise<void> {
  loadTexts = load;
  const stored = new RegExp(`(?:^|; )${cookieName}=([a-z]+)`).exec(document.cookie)?.[1];
  await show(isLocale(stored) ? stored : defaultLocale);
}

/** Rejects, and changes nothing, if the texts cannot be fetched. */
export async function chooseLocale(locale: Locale): Promise<void> {
  await loadTexts(locale);
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `${cookieName}=${locale}; Path=/; Max-Age=${cookieSeconds}; SameSite=Lax${secure}`;
  await show(locale);
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
