import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Locale } from '#domain/locale.ts';
import type { SessionOfUser } from '#store/sessions.ts';
import { discardWith } from '#usecases/payments/draft.ts';
import { endAllDevices, endDevice, listDevices } from '#usecases/sign-in/sessions.ts';
import { devicesSchema, type Device } from '../contract/devices.ts';
import { givenIdSchema } from '../contract/values.ts';
import { endSession } from '../customer-identity.ts';
import { requireSession, requireUser } from '../customer.ts';
import { deviceName } from '../device-name.ts';
import type { HttpDependencies, HttpEnvironment } from '../environment.ts';
import { json, problems } from './openapi.ts';

const list = createRoute({
  method: 'get',
  path: '/api/devices',
  summary: 'The devices on which the customer is signed in',
  responses: { 200: json(devicesSchema, 'The devices'), ...problems(401, 429) },
});

const end = createRoute({
  method: 'delete',
  path: '/api/devices/{id}',
  summary: 'Signs the customer out on one device',
  request: { params: z.object({ id: givenIdSchema }) },
  responses: { 204: { description: 'Signed out on that device' }, ...problems(401, 403, 404) },
});

const endAll = createRoute({
  method: 'post',
  path: '/api/auth/logout-everywhere',
  summary: 'Signs the customer out on every device, including this one',
  responses: { 204: { description: 'Signed out' }, ...problems(401, 403) },
});

export function deviceRoutes(app: OpenAPIHono<HttpEnvironment>, dependencies: HttpDependencies): void {
  const { context } = dependencies;

  app.openapi(list, async (c) => {
    const { id, user } = await requireSession(c, dependencies);
    const found = await listDevices(context, user);
    const devices = found.map((session) => shownDevice(session, id, c.get('locale')));
    return c.json({ devices }, 200);
  });

  app.openapi(end, async (c) => {
    const session = await requireSession(c, dependencies);
    const { id } = c.req.valid('param');
    const isOwn = id === session.id;
    const endIt = (): Promise<void> => endDevice(context, session.user, id);
    await (isOwn ? discardWith(context, session.user, endIt) : endIt());
    if (isOwn) endSession(c, dependencies);
    return c.body(null, 204);
  });

  app.openapi(endAll, async (c) => {
    const user = await requireUser(c, dependencies);
    await discardWith(context, user, () => endAllDevices(context, user));
    endSession(c, dependencies);
    return c.body(null, 204);
  });
}

function shownDevice(session: SessionOfUser, currentId: string, locale: Locale): Device {
  return {
    id: session.id,
    kind: session.kind,
    name: deviceName(session, locale),
    createdAt: session.createdAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
    isCurrent: session.id === currentId,
  };
}
