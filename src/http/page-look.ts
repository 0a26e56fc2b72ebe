import { getCookie } from 'hono/cookie';
import type { Locale } from '#domain/locale.ts';
import { isTheme, type Theme } from '#domain/theme.ts';
import { appSettings } from './app-settings.ts';
import type { App } from './contract/system.ts';
import { sessionToken } from './customer.ts';
import type { HttpContext, HttpDependencies } from './environment.ts';
import type { FirstScreen } from './first-screen.ts';
import { wantsPage } from './wants-page.ts';

/** How the app's page is served before its scripts run. */
export interface PageLook {
  locale: Locale;
  theme: Theme;
  /** The answer of `GET /api/app`. The page brings it, so that the banner is there before the scripts run. */
  app?: App;
  /**
   * Undefined at any path but `/`, where the app says which files a screen needs, and for the service worker, which
   * keeps the page for every path.
   */
  firstScreen?: FirstScreen;
}

/**
 * The language of the request, and the colours that the customer chose on this device (`web/kit/theme/theme.ts`). A
 * session that has ended only costs the files of a screen that is not shown.
 */
export function pageLookOf(c: HttpContext, dependencies: HttpDependencies): PageLook {
  const chosen = getCookie(c, 'drop-theme');
  const theme = isTheme(chosen) ? chosen : 'auto';
  const look: PageLook = { locale: c.get('locale'), theme, app: appSettings(dependencies) };
  if (c.req.path !== '/' || !wantsPage(c)) return look;
  return { ...look, firstScreen: sessionToken(c, dependencies) === undefined ? 'front-page' : 'overview' };
}
