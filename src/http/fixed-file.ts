import { serveStatic } from '@hono/node-server/serve-static';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { HttpEnvironment } from './environment.ts';
import type { WebShell } from './web-shell.ts';

/** Serves a file of the bundle whose name does not change with its content. */
export function fixedFile(
  app: OpenAPIHono<HttpEnvironment>,
  { directory }: WebShell,
  { path, cacheControl }: { path: string; cacheControl: string },
): void {
  app.use(path, async (c, next) => {
    await next();
    if (c.res.ok) c.res.headers.set('cache-control', cacheControl);
  });
  app.use(path, serveStatic({ root: directory }));
}
