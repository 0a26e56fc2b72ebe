import type { OpenAPIHono } from '@hono/zod-openapi';
import { concerns, type WorkIds } from '#outbound/inherited-ids.ts';
import type { HttpEnvironment } from './environment.ts';

/** What the id in the address of a resource is called in the log. */
const namesOfIds = {
  '/api/payments': 'paymentId',
  '/api/bank-connections': 'connectionId',
  '/api/accounts': 'accountId',
  '/api/cards': 'cardId',
  '/api/creditors': 'creditorId',
  '/api/devices': 'deviceId',
} as const satisfies Record<string, keyof WorkIds>;

/** Anything else comes from the sender and may be a person's data. */
const isId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Marks all lines and calls of a request with the id in its address, also where the request is refused. */
export function identifyWork(app: OpenAPIHono<HttpEnvironment>): void {
  for (const [path, name] of Object.entries(namesOfIds)) {
    app.use(`${path}/:id/*`, (c, next) => {
      const id = c.req.param('id');
      if (isId.test(id)) concerns({ [name]: id });
      return next();
    });
  }
}
