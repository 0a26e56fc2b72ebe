import type { OpenAPIHono } from '@hono/zod-openapi';
import { streamSSE } from 'hono/streaming';
import type { Change } from '#store/changes.ts';
import { requireUser } from '../customer.ts';
import type { HttpDependencies, HttpEnvironment } from '../environment.ts';

const heartbeatMs = 15_000;
/** The browser then comes back by itself, and its session is looked at again. */
const streamMs = 300_000;
const waitingMax = 100;

/** `GET /api/events`: what changes for the customer, while it changes. */
export function eventRoutes(app: OpenAPIHono<HttpEnvironment>, dependencies: HttpDependencies): void {
  const { changeFeed, context } = dependencies;

  app.get('/api/events', async (c) => {
    const user = await requireUser(c, dependencies);
    const endsAt = context.clock.now().getTime() + streamMs;
    return streamSSE(c, async (stream) => {
      const waiting: Change[] = [];
      let wake = (): void => undefined;
      const unsubscribe = changeFeed.subscribe(user.id, (change) => {
        if (waiting.length < waitingMax) waiting.push(change);
        wake();
      });
      stream.onAbort(() => {
        unsubscribe();
        wake();
      });
      await stream.writeSSE({ event: 'ready', data: '' });
      while (!stream.aborted && context.clock.now().getTime() < endsAt) {
        for (const { kind, id } of waiting.splice(0)) {
          await stream.writeSSE({ event: 'change', data: JSON.stringify({ kind, id }) });
        }
        const { promise, resolve } = Promise.withResolvers<undefined>();
        wake = () => resolve(undefined);
        const heartbeat = context.clock.schedule(heartbeatMs, wake);
        if (waiting.length === 0) await promise;
        heartbeat.cancel();
        if (waiting.length === 0 && !stream.aborted) await stream.writeSSE({ event: 'heartbeat', data: '' });
      }
      unsubscribe();
    });
  });
}
