import { getCookie } from 'hono/cookie';
import type { Locale } from '#domain/locale.ts';
import { isTheme, type Theme } from '#domain/theme.ts';
import type { HttpContext } from './environment.ts';

/** How the app's page is served before its scripts run. */
export interface PageLook {
  locale: Locale;
  theme: Theme;
}

/** The language of the request, and the colours that the customer chose on this device (`web/kit/theme/theme.ts`). */
export function pageLookOf(c: HttpContext): PageLook {
  const chosen = getCookie(c, 'drop-theme');
  return { locale: c.get('locale'), theme: isTheme(chosen) ? chosen : 'auto' };
}
