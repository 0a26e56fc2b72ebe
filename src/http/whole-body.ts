import type { MiddlewareHandler } from 'hono';
import type { HttpEnvironment } from './environment.ts';
import { readRequestBody } from './raw-body.ts';

const requestBytesMax = 65_536;

/**
 * Reads the body of a request before anything else does, up to 64 KiB. A client that breaks off is told apart here: the
 * error of its connection looks like that of a connection to PostgreSQL, and any stranger can cause it.
 *
 * Throws a {@link DropError} `payload_too_large`, or `invalid_request` when the connection ends before the body.
 */
export const wholeBody: MiddlewareHandler<HttpEnvironment> = async (c, next) => {
  // GET requests have no body, and checking for one would double their cost.
  if (c.req.method === 'GET' || !c.req.raw.body) return next();
  const body = await readRequestBody(c.req.raw, requestBytesMax, 'invalid_request');
  c.req.raw = new Request(c.req.raw, { body });
  return next();
};
