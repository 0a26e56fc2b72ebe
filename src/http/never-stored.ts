import type { MiddlewareHandler } from 'hono';
import type { HttpEnvironment } from './environment.ts';

/** The answers that are the same for everybody. */
const publicPaths = new Set(['/api/openapi.json', '/api/docs', '/api/docs.css']);

/** Forbids browsers and proxies to store an answer: it may be about a customer, or depend on their session. */
export const neverStored: MiddlewareHandler<HttpEnvironment> = async (c, next) => {
  await next();
  const isStricter = c.res.headers.get('cache-control') === 'private, no-store';
  if (!isStricter && !publicPaths.has(c.req.path)) c.res.headers.set('cache-control', 'no-store');
};
