import { DropError } from '#domain/errors.ts';
import { concerns } from '#outbound/inherited-ids.ts';
import type { AttendedAccess } from '#services/open-banking/service.ts';
import type { LiveSession } from '#store/sessions.ts';
import type { User } from '#store/users.ts';
import { sessionOf } from '#usecases/sign-in/sessions.ts';
import { bearerToken } from './bearer.ts';
import { clientAddress } from './client-address.ts';
import { readCookie } from './cookies.ts';
import type { HttpContext, HttpDependencies } from './environment.ts';
import { passableUserAgent } from './user-agent.ts';

/** The session token of the request: the app's bearer token, which takes precedence over the browser's cookie. */
export function sessionToken(c: HttpContext, dependencies: HttpDependencies): string | undefined {
  return bearerToken(c) ?? readCookie(c, dependencies, 'session');
}

/** The live session of the request, or undefined. It is looked up once for each request. */
export async function currentSession(
  c: HttpContext,
  dependencies: HttpDependencies,
): Promise<LiveSession | undefined> {
  const known = c.get('session');
  const token = sessionToken(c, dependencies);
  if (known !== undefined || token === undefined) return known;
  const session = await sessionOf(dependencies.context, token);
  if (session) {
    c.set('session', session);
    concerns({ userId: session.user.id });
  }
  return session;
}

/** The signed-in customer, or undefined. */
export async function currentUser(c: HttpContext, dependencies: HttpDependencies): Promise<User | undefined> {
  return (await currentSession(c, dependencies))?.user;
}

/** @throws {DropError} `not_signed_in`. */
export async function requireSession(c: HttpContext, dependencies: HttpDependencies): Promise<LiveSession> {
  const session = await currentSession(c, dependencies);
  if (session) return session;
  throw new DropError('not_signed_in');
}

/** @throws {DropError} `not_signed_in`. */
export async function requireUser(c: HttpContext, dependencies: HttpDependencies): Promise<User> {
  return (await requireSession(c, dependencies)).user;
}

/** The customer's address and browser, which banks receive with requests that the customer makes. */
export function attendedAccess(
  c: HttpContext,
  dependencies: Pick<HttpDependencies, 'config'>,
): AttendedAccess {
  const ipAddress = clientAddress(c, dependencies);
  return { kind: 'attended', ipAddress, userAgent: passableUserAgent(c.req.header('user-agent')) };
}
