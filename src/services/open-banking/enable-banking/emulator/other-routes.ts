import type { Context, Hono } from 'hono';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { errorBody } from './refusal.ts';

/**
 * Answers what the routes so far do not: 405 for their paths in other methods (RFC 9110, 15.5.6), and 404 elsewhere.
 * Neither has a code of the provider's. To be called last.
 */
export function refuseOtherRoutes(routes: Hono<EmulatorEnvironment>): void {
  const paths = [...new Set(routes.routes.map(({ path }) => path))];
  for (const path of paths) {
    const allowed = methodsOf(routes, path);
    routes.all(path, (c) => answer(c, 405, { allow: allowed.join(', ') }));
  }
  routes.notFound((c) => answer(c, 404));
}

function methodsOf({ routes }: Hono<EmulatorEnvironment>, path: string): string[] {
  const methods = routes.filter((route) => route.path === path).map(({ method }) => method);
  // Every GET route answers HEAD, too (RFC 9110, 9.1).
  return [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))];
}

function answer(
  c: Context<EmulatorEnvironment>,
  status: 404 | 405,
  headers: Record<string, string> = {},
): Response {
  return c.json(errorBody(status, undefined, `${c.req.method} ${c.req.path}`), status, headers);
}
