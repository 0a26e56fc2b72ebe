import type { MiddlewareHandler } from 'hono';
import { concerning } from '#outbound/inherited-ids.ts';
import type { UseCaseContext } from '#usecases/context.ts';
import type { HttpEnvironment } from './environment.ts';

/** Load balancers and monitors ask for these every second or so. */
const unlogged = /^\/api\/health(\/|$)/;

/**
 * Writes one line for each request, and marks all lines and calls of the request with its id. The line has the route's
 * pattern and neither the path nor the query, which contain ids and codes.
 */
export function logRequests({
  clock,
  log,
}: Pick<UseCaseContext, 'clock' | 'log'>): MiddlewareHandler<HttpEnvironment> {
  return (c, next) => {
    if (unlogged.test(c.req.path)) return next();
    const startedMs = clock.monotonicMs();
    return concerning({ requestId: c.get('requestId') }, async () => {
      await next();
      const { method, routePath: route } = c.req;
      logRequest(log, { method, route, status: c.res.status, durationMs: clock.monotonicMs() - startedMs });
    });
  };
}

/** Writes the line of one request, which was answered in `durationMs` milliseconds. */
export function logRequest(
  log: UseCaseContext['log'],
  answered: { method: string; route: string; status: number; durationMs: number; requestId?: string },
): void {
  const durationMs = Math.round(answered.durationMs * 10) / 10;
  log('info', 'a request was answered', { ...answered, durationMs });
}
