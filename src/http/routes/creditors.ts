import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { creditorsOf, removeCreditor, renameCreditor, saveCreditor } from '#usecases/payments/creditors.ts';
import {
  creditorsSchema,
  newCreditorSchema,
  renamedCreditorSchema,
  savedCreditorSchema,
} from '../contract/creditors.ts';
import { givenIdSchema } from '../contract/values.ts';
import { requireUser } from '../customer.ts';
import type { HttpDependencies, HttpEnvironment } from '../environment.ts';
import { body, json, problems } from './openapi.ts';

const params = z.object({ id: givenIdSchema });

const list = createRoute({
  method: 'get',
  path: '/api/creditors',
  summary: 'The recipients that the customer has saved, and those of the newest payments',
  responses: { 200: json(creditorsSchema, 'The recipients'), ...problems(401, 429) },
});

const save = createRoute({
  method: 'post',
  path: '/api/creditors',
  summary: 'Saves a recipient; one with the same account number takes the new names',
  request: { body: body(newCreditorSchema) },
  responses: { 201: json(savedCreditorSchema, 'The recipient'), ...problems(400, 401, 409, 422, 429) },
});

const rename = createRoute({
  method: 'put',
  path: '/api/creditors/{id}',
  summary: 'Renames a saved recipient',
  request: { params, body: body(renamedCreditorSchema) },
  responses: { 200: json(savedCreditorSchema, 'The recipient'), ...problems(400, 401, 404, 429) },
});

const remove = createRoute({
  method: 'delete',
  path: '/api/creditors/{id}',
  summary: 'Removes a saved recipient',
  request: { params },
  responses: { 204: { description: 'Removed' }, ...problems(401, 404, 429) },
});

export function creditorRoutes(app: OpenAPIHono<HttpEnvironment>, dependencies: HttpDependencies): void {
  const { context } = dependencies;

  app.openapi(list, async (c) => c.json(await creditorsOf(context, await requireUser(c, dependencies)), 200));

  app.openapi(save, async (c) => {
    const user = await requireUser(c, dependencies);
    return c.json(await saveCreditor(context, user, c.req.valid('json')), 201);
  });

  app.openapi(rename, async (c) => {
    const user = await requireUser(c, dependencies);
    const renamed = { id: c.req.valid('param').id, ...c.req.valid('json') };
    return c.json(await renameCreditor(context, user, renamed), 200);
  });

  app.openapi(remove, async (c) => {
    await removeCreditor(context, await requireUser(c, dependencies), c.req.valid('param').id);
    return c.body(null, 204);
  });
}
