import type { LiveSession } from '#store/sessions.ts';
import { openedNumber, type CustomerIdentity } from '#usecases/sign-in/customer-identity.ts';
import { bearerToken } from './bearer.ts';
import { clearCookie, readCookie, writeCookie } from './cookies.ts';
import type { HttpContext, HttpDependencies } from './environment.ts';

/**
 * What Drop knows of the customer of `session` in this request. The national identity number comes from the cookie
 * beside the session's; the app has no cookies, and so never a number.
 */
export function customerIdentity(
  c: HttpContext,
  dependencies: HttpDependencies,
  { id: sessionId, user: { name } }: LiveSession,
): CustomerIdentity {
  const sealed = bearerToken(c) === undefined ? readCookie(c, dependencies, 'identity') : undefined;
  if (sealed === undefined) return { name };
  return { name, nationalIdentityNumber: openedNumber(dependencies.context, { sessionId, sealed }) };
}

/** Gives the browser the sealed number for as long as its session. Without one, an earlier session's is taken away. */
export function giveIdentity(
  c: HttpContext,
  dependencies: HttpDependencies,
  { sealed, maxAgeSeconds }: { sealed: string | undefined; maxAgeSeconds: number },
): void {
  if (sealed === undefined) clearIdentity(c, dependencies);
  else writeCookie(c, dependencies, { name: 'identity', value: sealed, maxAgeSeconds });
}

/** Takes the cookies of the session away, the sealed number with it. Those beside a bearer token are ignored. */
export function endSession(c: HttpContext, dependencies: HttpDependencies): void {
  if (bearerToken(c) !== undefined) return;
  clearCookie(c, dependencies, 'session');
  clearIdentity(c, dependencies);
}

function clearIdentity(c: HttpContext, dependencies: HttpDependencies): void {
  if (readCookie(c, dependencies, 'identity') !== undefined) clearCookie(c, dependencies, 'identity');
}
