import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { appSettings } from '../app-settings.ts';
import { appSchema } from '../contract/system.ts';
import { docsPage, docsStyle } from '../docs-page.ts';
import type { HttpDependencies, HttpEnvironment } from '../environment.ts';
import { json } from './openapi.ts';

const healthSchema = z.object({ status: z.enum(['ok', 'down']) });

const app_ = createRoute({
  method: 'get',
  path: '/api/app',
  summary: 'The settings that the web app needs before a customer signs in',
  responses: { 200: json(appSchema, 'The settings') },
});

const health = createRoute({
  method: 'get',
  path: '/api/health',
  summary: 'Whether Drop can serve; minified, with "status":"ok" once',
  responses: { 200: json(healthSchema, 'Drop can serve'), 503: json(healthSchema, 'Drop cannot serve') },
});

/** The routes about Drop itself rather than a customer. */
export function systemRoutes(app: OpenAPIHono<HttpEnvironment>, dependencies: HttpDependencies): void {
  const settings = appSettings(dependencies);
  app.openapi(app_, (c) => c.json(settings, 200));

  app.openapi(health, async (c) => {
    const { status } = await dependencies.health();
    c.header('cache-control', 'no-store');
    return c.json({ status }, status === 'ok' ? 200 : 503);
  });

  app.get('/api/health/live', (c) => c.json({ live: true }));
  app.get('/api/health/ready', async (c) => {
    const { ready } = await dependencies.health();
    return c.json({ ready }, ready ? 200 : 503);
  });

  const documents = createDocuments(app);
  app.get('/api/openapi.json', (c) => c.body(documents().json, 200, { 'content-type': 'application/json' }));
  app.get('/api/docs.css', (c) => c.body(docsStyle, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/api/docs', async (c) => c.html(await documents().page));
}

interface Documents {
  json: string;
  page: string | Promise<string>;
}

/**
 * Made at the first request, when all routes are declared, and kept: it takes 20 ms of the process, and anyone may ask
 * for it as often as they like.
 */
function createDocuments(app: OpenAPIHono<HttpEnvironment>): () => Documents {
  const info = { openapi: '3.1.0', info: { title: 'Drop', version: '1' } };
  let made: Documents | undefined;
  return () => {
    if (made) return made;
    const document = app.getOpenAPI31Document(info);
    made = { json: JSON.stringify(document), page: docsPage(document) };
    return made;
  };
}
