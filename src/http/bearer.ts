import type { Context } from 'hono';

/**
 * The token in `Authorization: Bearer` (RFC 6750), which the app sends. A browser never adds it by itself, so such a
 * request needs no check of its origin. In return, its cookies must be ignored, even when the token is invalid.
 */
export function bearerToken(c: Context): string | undefined {
  const [scheme, ...rest] = (c.req.header('authorization') ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' ? rest.join(' ').trim() : undefined;
}
