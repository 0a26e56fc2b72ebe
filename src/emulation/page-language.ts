import { parse } from 'hono/utils/cookie';
import { isLocale, localeFromHeader, type Locale } from '#domain/locale.ts';

/**
 * The language of a page that belongs to no journey: the one chosen in the app, whose cookie the browser sends to every
 * port of this machine, or what the browser prefers.
 */
export function pageLanguage({ headers }: Request): Locale {
  const chosen = parse(headers.get('cookie') ?? '', 'drop-locale')['drop-locale'];
  return isLocale(chosen) ? chosen : localeFromHeader(headers.get('accept-language') ?? undefined);
}
