/** The supported languages: Norwegian bokmål (the default) and English. */
export const locales = ['nb', 'en'] as const;
export type Locale = (typeof locales)[number];
export const defaultLocale: Locale = 'nb';

/**
 * The supported language that an `Accept-Language` header (RFC 9110, 12.5.4) prefers. Readers of `no`, `nn`, `da` and
 * `sv` get bokmål.
 */
export function localeFromHeader(header: string | undefined): Locale {
  const wanted = (header ?? '')
    .split(',')
    .map(readLanguage)
    .filter(({ weight }) => weight > 0)
    .sort((left, right) => right.weight - left.weight);
  for (const { language } of wanted) {
    if (['nb', 'no', 'nn', 'da', 'sv'].includes(language)) return 'nb';
    if (language === 'en') return 'en';
  }
  return defaultLocale;
}

/** Reads the language and the weight of a range such as `en-GB;q=0.8`. */
function readLanguage(range: string): { language: string; weight: number } {
  const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  return { language: tag.split('-')[0] ?? '', weight: weight === undefined ? 1 : Number(weight) || 0 };
}

export function isLocale(value: unknown): value is Locale {
  return locales.some((locale) => locale === value);
}
