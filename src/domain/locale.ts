/** The languages Drop speaks: Norwegian bokmål (the default) and English. */
export const locales = ['nb', 'en'] as const;
export type Locale = (typeof locales)[number];
export const defaultLocale: Locale = 'nb';

/**
 * The first language of an `Accept-Language` header (RFC 9110, 12.5.4) that Drop speaks; `no`, `nn`, `da` and `sv`
 * readers get bokmål.
 */
export function localeFromHeader(header: string | undefined): Locale {
  const wanted = (header ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  for (const language of wanted) {
    if (['nb', 'no', 'nn', 'da', 'sv'].includes(language)) return 'nb';
    if (language === 'en') return 'en';
  }
  return defaultLocale;
}

export function isLocale(value: unknown): value is Locale {
  return locales.some((locale) => locale === value);
}
