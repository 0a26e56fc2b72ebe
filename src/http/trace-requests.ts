import type { MiddlewareHandler } from 'hono';
import type { Span, SpanOptions, Tracing } from '#domain/tracing.ts';
import type { HttpEnvironment } from './environment.ts';

/**
 * Creates a span for every request, named by its route, which continues the caller's trace. Path and query are not
 * recorded, because they contain ids and codes.
 */
export function traceRequests(tracing: Tracing): MiddlewareHandler<HttpEnvironment> {
  return async function traceRequest(c, next) {
    const { method } = c.req;
    await tracing.run(requestSpan(method, c.req.header('traceparent')), async (span) => {
      await next();
      const { status } = c.res;
      describe(span, { method, route: c.req.routePath, status, requestId: c.get('requestId') });
    });
  };
}

/** The span of a request before its route is known. */
export function requestSpan(method: string, traceparent: string | undefined): SpanOptions {
  return { name: method, kind: 'server', parent: traceparent, attributes: { 'http.request.method': method } };
}

/** Adds the result of a request to its span. */
export function describe(
  span: Span,
  request: { method: string; route: string; status: number; requestId: string },
): void {
  const { method, route, status, requestId } = request;
  span.rename(`${method} ${route}`);
  span.set({ 'http.route': route, 'http.response.status_code': status, 'drop.request_id': requestId });
  if (status >= 500) span.fail(`${status}`);
}
