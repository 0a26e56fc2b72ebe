import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { changeSettings, settingsOf } from '#usecases/settings/settings.ts';
import { changedSettingsSchema, settingsSchema } from '../contract/settings.ts';
import { requireUser } from '../customer.ts';
import type { HttpDependencies, HttpEnvironment } from '../environment.ts';
import { body, json, problems } from './openapi.ts';

const path = '/api/settings';
const settings = json(settingsSchema, 'The settings');

const show = createRoute({
  method: 'get',
  path,
  summary: 'The customer’s language, the mails that they get, and the limits of their payments',
  responses: { 200: settings, ...problems(401, 429) },
});

const change = createRoute({
  method: 'put',
  path,
  summary: 'Changes the settings that are given',
  request: { body: body(changedSettingsSchema) },
  responses: { 200: settings, ...problems(400, 401, 429) },
});

export function settingsRoutes(app: OpenAPIHono<HttpEnvironment>, dependencies: HttpDependencies): void {
  const { context } = dependencies;

  app.openapi(show, async (c) => {
    const { id } = await requireUser(c, dependencies);
    return c.json(await settingsOf(context, id), 200);
  });

  app.openapi(change, async (c) => {
    const { id } = await requireUser(c, dependencies);
    await changeSettings(context, id, c.req.valid('json'));
    return c.json(await settingsOf(context, id), 200);
  });
}
