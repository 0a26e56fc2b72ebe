import type { Context, MiddlewareHandler } from 'hono';
import { DropError } from '#domain/errors.ts';
import { bearerToken } from './bearer.ts';
import { customerActions, customerReadings } from './customer-actions.ts';
import type { HttpEnvironment } from './environment.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** GET requests that have a limit, which another website could use up; none but a return is reached from elsewhere. */
const ownGets = customerActions
  .filter(({ method, isReachedByRedirect }) => method === 'GET' && isReachedByRedirect !== true)
  .map(({ path }) => path)
  .concat(customerReadings)
  .map((path) => new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`));

/**
 * Refuses requests that another website made the browser send (cross-site request forgery). Browsers state the origin
 * of such a request. A client that states none is not a browser, so it has no customer's cookies. A request with a
 * bearer token passes, because another website cannot make the browser send one, and its cookies are ignored.
 *
 * Other websites may send their visitor to what is left, such as the start of a sign-in. They may not load it: a
 * picture with that address would use up the sign-ins of its visitors' addresses, and those of all.
 */
export function refuseForeignOrigins(baseUrl: string): MiddlewareHandler<HttpEnvironment> {
  const own = new URL(baseUrl).origin;
  return async (c, next) => {
    const site = c.req.header('sec-fetch-site');
    const origin = c.req.header('origin');
    const isForeign =
      (origin !== undefined && origin !== own) || (site !== undefined && site !== 'same-origin');
    const hasEffect = !safeMethods.has(c.req.method) || ownGets.some((path) => path.test(c.req.path));
    const isExposed = hasEffect && bearerToken(c) === undefined;
    if (isForeign && (isExposed || isLoaded(c))) throw new DropError('forbidden_origin');
    await next();
  };
}

/** Whether a page loads the address, into itself or ahead of its visitor. Browsers say so; others say nothing. */
function isLoaded(c: Context): boolean {
  const destination = c.req.header('sec-fetch-dest') ?? 'document';
  return destination !== 'document' || (c.req.header('sec-purpose') ?? '').includes('prefetch');
}
