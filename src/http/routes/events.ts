import type { OpenAPIHono } from '@hono/zod-openapi';
import { streamSSE, type SSEStreamingApi } from 'hono/streaming';
import type { Change } from '#store/changes.ts';
import type { LiveSession } from '#store/sessions.ts';
import { sessionLives } from '#usecases/sign-in/sessions.ts';
import type { Change as SentChange } from '../contract/changes.ts';
import { requireSession } from '../customer.ts';
import type { HttpDependencies, HttpEnvironment } from '../environment.ts';

const heartbeatMs = 15_000;
/** The browser then comes back by itself, with the session it has by then. */
const streamMs = 300_000;
const waitingMax = 100;

/** `GET /api/events`: what changes for the customer, while it changes and the session lives. */
export function eventRoutes(app: OpenAPIHono<HttpEnvironment>, dependencies: HttpDependencies): void {
  const { context } = dependencies;

  app.get('/api/events', async (c) => {
    const session = await requireSession(c, dependencies);
    return streamSSE(c, async (stream) => {
      try {
        await follow(stream, session, dependencies);
      } catch (error) {
        // The browser comes back by itself; what the library would say to it is not for customers.
        context.log('warn', 'a stream of changes broke off', { error, requestId: c.get('requestId') });
      }
    });
  });
}

/**
 * Writes every change until the stream is as old as it may be. The session is looked at again before every heartbeat
 * and whenever a session of the customer ended: one that ended hears of that and of nothing after it.
 */
async function follow(
  stream: SSEStreamingApi,
  session: LiveSession,
  { changeFeed, context }: HttpDependencies,
): Promise<void> {
  const changes = waitingChanges(heartbeatMs, context.clock);
  const unsubscribe = changeFeed.subscribe(session.user.id, { onChange: changes.add, onEnd: changes.end });
  stream.onAbort(changes.end);
  const endsAt = context.clock.now().getTime() + streamMs;
  try {
    for (
      let event = 'ready';
      !changes.isOver && context.clock.now().getTime() < endsAt;
      event = 'heartbeat'
    ) {
      const taken = changes.take();
      const mayHaveEnded = taken.length === 0 || taken.some(({ kind }) => kind === 'session');
      if (mayHaveEnded && !(await sessionLives(context, session.id))) {
        await writeChange(stream, { kind: 'session', id: session.id });
        return;
      }
      for (const change of taken) await writeChange(stream, change);
      if (taken.length === 0) await stream.writeSSE({ event, data: '' });
      await changes.next();
    }
  } finally {
    unsubscribe();
  }
}

async function writeChange(stream: SSEStreamingApi, { kind, id }: SentChange): Promise<void> {
  await stream.writeSSE({ event: 'change', data: JSON.stringify({ kind, id }) });
}

interface WaitingChanges {
  add(change: Change): void;
  take(): Change[];
  /** Nothing is waited for any more. */
  end(): void;
  readonly isOver: boolean;
  /** Until there is a change, or the time of a heartbeat has come, or it ends. */
  next(): Promise<void>;
}

function waitingChanges(longestMs: number, clock: HttpDependencies['context']['clock']): WaitingChanges {
  const waiting: Change[] = [];
  let wake = (): void => undefined;
  let isOver = false;
  return {
    add(change) {
      if (waiting.length < waitingMax) waiting.push(change);
      wake();
    },
    take: () => waiting.splice(0),
    end() {
      isOver = true;
      wake();
    },
    get isOver() {
      return isOver;
    },
    async next() {
      if (waiting.length > 0 || isOver) return;
      const { promise, resolve } = Promise.withResolvers<undefined>();
      wake = () => resolve(undefined);
      const heartbeat = clock.schedule(longestMs, wake);
      await promise;
      heartbeat.cancel();
    },
  };
}
