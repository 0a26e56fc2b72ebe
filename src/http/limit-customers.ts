import type { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { DropError } from '#domain/errors.ts';
import { ActionLimit, type ActionLimits } from './action-limit.ts';
import { customerActions, customerReadings, readingsPerMinute } from './customer-actions.ts';
import { currentSession } from './customer.ts';
import type { HttpDependencies, HttpEnvironment } from './environment.ts';
import { answerProblemPage } from './problem.ts';

/** The length that `POST /api/payments` accepts. A longer key is refused there and is not remembered here. */
const keyLengthMax = 255;

/**
 * Limits how often each customer does what costs others something, by the tables of `customer-actions.ts`. Customers
 * are told apart by their id, whatever address, device or session they use. A request without a session is left to its
 * route, which refuses it.
 */
export function limitCustomers(app: OpenAPIHono<HttpEnvironment>, dependencies: HttpDependencies): void {
  for (const action of customerActions)
    app.on(action.method, action.path, limited(action, `${action.method} ${action.path}`, dependencies));
  app.on('GET', [...customerReadings], limited({ perMinute: readingsPerMinute }, 'readings', dependencies));
}

function limited(
  limits: ActionLimits,
  name: string,
  dependencies: HttpDependencies,
): MiddlewareHandler<HttpEnvironment> {
  const limit = new ActionLimit(dependencies.context.clock, limits);
  const message = `too many requests of one customer: ${name}`;
  return async (c, next) => {
    const session = await currentSession(c, dependencies);
    if (!session) return next();
    const key = c.req.header('idempotency-key');
    const isKey = key !== undefined && key.length <= keyLengthMax;
    const retryAfterMs = limit.take(session.user.id, isKey ? key : undefined);
    if (retryAfterMs === undefined) return next();
    return answerProblemPage(c, dependencies, new DropError('rate_limited', { message, retryAfterMs }));
  };
}
