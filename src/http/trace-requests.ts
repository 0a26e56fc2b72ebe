import type { MiddlewareHandler } from 'hono';
import type { Tracing } from '#domain/tracing.ts';
import type { HttpEnvironment } from './environment.ts';

/**
 * A piece of the trace for every request, named by its route; it goes on a trace that the caller began. Neither path
 * nor query is told: they hold ids and codes.
 */
export function traceRequests(tracing: Tracing): MiddlewareHandler<HttpEnvironment> {
  return async function traceRequest(c, next) {
    const { method } = c.req;
    const options = {
      name: method,
      kind: 'server',
      parent: c.req.header('traceparent'),
      attributes: { 'http.request.method': method },
    } as const;
    await tracing.run(options, async (span) => {
      await next();
      const route = c.req.routePath;
      const { status } = c.res;
      span.rename(`${method} ${route}`);
      span.set({
        'http.route': route,
        'http.response.status_code': status,
        'drop.request_id': c.get('requestId'),
      });
      if (status >= 500) span.fail(`${status}`);
    });
  };
}
