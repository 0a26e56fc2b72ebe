import type { MiddlewareHandler } from 'hono';
import { concerning } from '#outbound/inherited-ids.ts';
import type { UseCaseContext } from '#usecases/context.ts';
import type { HttpDependencies, HttpEnvironment } from './environment.ts';
import { isPagePath } from './is-page-path.ts';

/** Load balancers and monitors ask for these every second or so. */
const unlogged = /^\/api\/health(\/|$)/;

/** A request and its answer, for metrics: few values of each, whatever a caller sends. */
export interface AnsweredRequest {
  method: string;
  /** The pattern of the route, `page` or `unknown`. */
  route: string;
  status: number;
  durationMs: number;
}

/**
 * Writes one line for each request, and marks all lines and calls of the request with its id. The line has the route's
 * pattern and neither the path nor the query, which contain ids and codes.
 */
export function logRequests({
  context: { clock, log },
  onAnswered,
}: Pick<HttpDependencies, 'onAnswered'> & {
  context: Pick<UseCaseContext, 'clock' | 'log'>;
}): MiddlewareHandler<HttpEnvironment> {
  return async (c, next) => {
    const startedMs = clock.monotonicMs();
    const answer = async (): Promise<Omit<AnsweredRequest, 'route'>> => {
      await next();
      const { method, path, routePath } = c.req;
      const answered = { method, status: c.res.status, durationMs: clock.monotonicMs() - startedMs };
      onAnswered?.({ ...answered, route: measuredRoute(routePath, path) });
      return answered;
    };
    if (unlogged.test(c.req.path)) return void (await answer());
    await concerning({ requestId: c.get('requestId') }, async () => {
      logRequest(log, { ...(await answer()), route: c.req.routePath });
    });
  };
}

/** A pattern that takes any address says nothing of the request, but that it is for a page or for nothing. */
function measuredRoute(pattern: string, path: string): string {
  if (!pattern.endsWith('*') || pattern === '/assets/*') return pattern;
  return isPagePath(path) ? 'page' : 'unknown';
}

/** Writes the line of one request, which was answered in `durationMs` milliseconds. */
export function logRequest(
  log: UseCaseContext['log'],
  answered: { method: string; route: string; status: number; durationMs: number; requestId?: string },
): void {
  const durationMs = Math.round(answered.durationMs * 10) / 10;
  log('info', 'a request was answered', { ...answered, durationMs });
}
