import { getCookie, setCookie, deleteCookie } from 'hono/cookie';
import type { CookieOptions } from 'hono/utils/cookie';
import type { HttpContext, HttpDependencies } from './environment.ts';

export type CookieName = 'session' | 'identity' | 'sign-in' | 'sign-in-renewals';

/**
 * Cookies are HttpOnly, Lax and for this host alone. Under https they carry the prefix `__Host-` and `Secure`; browsers
 * refuse that prefix over plain http, which only the sandbox uses.
 */
function settings({ config }: HttpDependencies, name: CookieName): { name: string; options: CookieOptions } {
  const secure = config.baseUrl.startsWith('https:');
  return {
    name: `${secure ? '__Host-' : ''}drop-${name}`,
    options: { httpOnly: true, sameSite: 'Lax', path: '/', secure },
  };
}

export function readCookie(
  c: HttpContext,
  dependencies: HttpDependencies,
  name: CookieName,
): string | undefined {
  return getCookie(c, settings(dependencies, name).name);
}

export function writeCookie(
  c: HttpContext,
  dependencies: HttpDependencies,
  cookie: { name: CookieName; value: string; maxAgeSeconds: number },
): void {
  const { name, options } = settings(dependencies, cookie.name);
  setCookie(c, name, cookie.value, { ...options, maxAge: cookie.maxAgeSeconds });
}

export function clearCookie(c: HttpContext, dependencies: HttpDependencies, name: CookieName): void {
  const { name: fullName, options } = settings(dependencies, name);
  deleteCookie(c, fullName, options);
}
