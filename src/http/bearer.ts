import type { Context } from 'hono';

/**
 * What the request gives as `Authorization: Bearer` (RFC 6750), as the app does. No browser sends that by itself, so
 * such a request needs no check of where it comes from; in return its cookies must count for nothing, even where the
 * token is good for nothing.
 */
export function bearerToken(c: Context): string | undefined {
  const [scheme, ...rest] = (c.req.header('authorization') ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' ? rest.join(' ').trim() : undefined;
}
