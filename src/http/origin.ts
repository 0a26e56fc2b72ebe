import type { MiddlewareHandler } from 'hono';
import { DropError } from '#domain/errors.ts';
import { bearerToken } from './bearer.ts';
import type { HttpEnvironment } from './environment.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what another website made the browser send (cross-site request forgery). Browsers say with every such request
 * where it comes from; who says nothing is no browser and carries nobody's cookies. A bearer token is nothing that
 * another website could make the browser send, and where there is one cookies do not count.
 */
export function refuseForeignOrigins(baseUrl: string): MiddlewareHandler<HttpEnvironment> {
  const own = new URL(baseUrl).origin;
  return async (c, next) => {
    const site = c.req.header('sec-fetch-site');
    const origin = c.req.header('origin');
    const isForeign =
      (origin !== undefined && origin !== own) || (site !== undefined && site !== 'same-origin');
    const isExposed = !safeMethods.has(c.req.method) && bearerToken(c) === undefined;
    if (isExposed && isForeign) throw new DropError('forbidden_origin');
    await next();
  };
}
