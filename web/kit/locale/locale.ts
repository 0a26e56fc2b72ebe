import { useSyncExternalStore } from 'react';
import { defaultLocale, isLocale, type Locale } from '#domain/locale.ts';
import { nb, type Texts } from '#customer/texts/nb.ts';

const cookieName = 'drop-locale';
const cookieSeconds = 365 * 24 * 60 * 60;

const loaded: { nb: Texts; en?: Texts } = { nb };
const listeners = new Set<() => void>();
let current: Locale = defaultLocale;

/** Applies the language chosen earlier. It must complete before the first rendering. */
export async function startLocale(): Promise<void> {
  const stored = new RegExp(`(?:^|; )${cookieName}=([a-z]+)`).exec(document.cookie)?.[1];
  await show(isLocale(stored) ? stored : defaultLocale);
}

export async function chooseLocale(locale: Locale): Promise<void> {
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

export function useTexts(): Texts {
  return useLocale() === 'en' && loaded.en ? loaded.en : loaded.nb;
}

async function show(locale: Locale): Promise<void> {
  if (locale === 'en') loaded.en ??= (await import('#customer/texts/en.ts')).en;
  current = locale;
  document.documentElement.lang = locale;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
