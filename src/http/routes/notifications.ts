import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { inboxOf, readUpTo, type Notification as InboxNotification } from '#usecases/notify/inbox.ts';
import {
  notificationsQuerySchema,
  notificationsSchema,
  readNotificationsSchema,
  type Notification,
} from '../contract/notifications.ts';
import { requireUser } from '../customer.ts';
import type { HttpDependencies, HttpEnvironment } from '../environment.ts';
import { body, json, problems } from './openapi.ts';

const list = createRoute({
  method: 'get',
  path: '/api/notifications',
  summary: 'What the customer was told, newest first',
  request: { query: notificationsQuerySchema },
  responses: { 200: json(notificationsSchema, 'A page of at most 30'), ...problems(400, 401, 429) },
});

const read = createRoute({
  method: 'post',
  path: '/api/notifications/read',
  summary: 'Marks notifications as read, up to and including one',
  request: { body: body(readNotificationsSchema) },
  responses: { 204: { description: 'Marked' }, ...problems(400, 401, 403, 404, 429) },
});

export function notificationRoutes(app: OpenAPIHono<HttpEnvironment>, dependencies: HttpDependencies): void {
  const { context } = dependencies;

  app.openapi(list, async (c) => {
    const user = await requireUser(c, dependencies);
    const { cursor } = c.req.valid('query');
    const inbox = await inboxOf(context, user, { cursor, locale: c.get('locale') });
    const { notifications, unread, nextCursor = null } = inbox;
    return c.json({ notifications: notifications.map(shown), unread, nextCursor }, 200);
  });

  app.openapi(read, async (c) => {
    const user = await requireUser(c, dependencies);
    await readUpTo(context, user, c.req.valid('json').upTo);
    return c.body(null, 204);
  });
}

function shown({ createdAt, ...notification }: InboxNotification): Notification {
  return { ...notification, createdAt: createdAt.toISOString() };
}
