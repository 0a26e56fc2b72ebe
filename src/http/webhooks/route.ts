import type { OpenAPIHono } from '@hono/zod-openapi';
import { webhookBytesMax } from '#inbox/receive.ts';
import type { HttpEnvironment } from '../environment.ts';
import { readRequestBody } from '../raw-body.ts';
import { createWebhookRouting, webhookPaths } from './routing.ts';
import { createWebhookTakeIn, type WebhookDependencies } from './take-in.ts';

/**
 * The providers' ways in as Web-standard routes, for servers without Node's fast path (`createWebhookIntake`). Must be
 * added before the middleware that is for browsers: a webhook has its own limit of bytes and its own headers. The
 * routes are not in the OpenAPI document, since the providers define their form.
 */
export function webhookRoutes(app: OpenAPIHono<HttpEnvironment>, dependencies: WebhookDependencies): void {
  const routeOf = createWebhookRouting(dependencies);
  const takeIn = createWebhookTakeIn(dependencies);
  for (const declared of webhookPaths) {
    app.post(declared, (c, next) => {
      const request = c.req.raw;
      const { pathname, search } = new URL(request.url);
      const found = routeOf(pathname);
      if (!found) return next();
      const { promise, resolve } = Promise.withResolvers<Response>();
      takeIn({
        found,
        method: request.method,
        path: `${pathname}${search}`,
        headers: request.headers,
        readBody: () => readRequestBody(request, webhookBytesMax),
        answer: ({ status, headers, body }) => resolve(new Response(body, { status, headers })),
      });
      return promise;
    });
  }
}
