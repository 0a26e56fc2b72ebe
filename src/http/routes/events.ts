import type { OpenAPIHono } from '@hono/zod-openapi';
import { streamSSE, type SSEStreamingApi } from 'hono/streaming';
import type { Change } from '#store/changes.ts';
import type { LiveSession } from '#store/sessions.ts';
import { sessionLives } from '#usecases/sign-in/sessions.ts';
import type { Change as SentChange } from '../contract/changes.ts';
import { requireSession } from '../customer.ts';
import type { HttpDependencies, HttpEnvironment } from '../environment.ts';

const heartbeatMs = 15_000;
/** The maximum age of a stream. The browser then reconnects with its current session. */
const streamMs = 300_000;
const waitingMax = 100;

/** `GET /api/events`: streams the customer's changes while the session is live. */
export function eventRoutes(app: OpenAPIHono<HttpEnvironment>, dependencies: HttpDependencies): void {
  const { context } = dependencies;

  app.get('/api/events', async (c) => {
    const session = await requireSession(c, dependencies);
    return streamSSE(c, async (stream) => {
      try {
        await follow(stream, session, dependencies);
      } catch (error) {
        // The browser reconnects by itself. Rethrown, the library would send it the error's message.
        context.log('warn', 'a stream of changes failed', { error, requestId: c.get('requestId') });
      }
    });
  });
}

/**
 * Writes every change until the stream reaches its maximum age. The session is checked before every heartbeat and
 * whenever one of the customer's sessions ends. If it has ended, the stream reports that and closes. An event `missed`
 * says that changes may have been lost on their way here, so that the client reads everything again.
 */
async function follow(
  stream: SSEStreamingApi,
  session: LiveSession,
  { changeFeed, context }: HttpDependencies,
): Promise<void> {
  const changes = waitingChanges(heartbeatMs, context.clock);
  const unsubscribe = changeFeed.subscribe(session.user.id, {
    onChange: changes.add,
    onMissed: changes.miss,
    onEnd: changes.end,
  });
  stream.onAbort(changes.end);
  const endsAt = context.clock.now().getTime() + streamMs;
  try {
    for (
      let event = 'ready';
      !changes.isOver && context.clock.now().getTime() < endsAt;
      event = 'heartbeat'
    ) {
      const hasMissed = changes.takeMissed();
      const taken = changes.take();
      const mayHaveEnded = hasMissed || taken.length === 0 || taken.some(({ kind }) => kind === 'session');
      if (mayHaveEnded && !(await sessionLives(context, session.id))) {
        await writeChange(stream, { kind: 'session', id: session.id });
        return;
      }
      if (hasMissed) await stream.writeSSE({ event: 'missed', data: '' });
      for (const change of taken) await writeChange(stream, change);
      if (taken.length === 0 && !hasMissed) await stream.writeSSE({ event, data: '' });
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
  /** Notes that changes may have been missed. */
  miss(): void;
  /** Whether changes may have been missed since the last call. */
  takeMissed(): boolean;
  /** Stops waiting. */
  end(): void;
  readonly isOver: boolean;
  /** Resolves when there is a change, when a heartbeat is due, or at the end. */
  next(): Promise<void>;
}

function waitingChanges(longestMs: number, clock: HttpDependencies['context']['clock']): WaitingChanges {
  const waiting: Change[] = [];
  let wake = (): void => undefined;
  let isOver = false;
  let hasMissed = false;
  return {
    add(change) {
      if (waiting.length < waitingMax) waiting.push(change);
      else hasMissed = true;
      wake();
    },
    miss() {
      hasMissed = true;
      wake();
    },
    takeMissed() {
      const had = hasMissed;
      hasMissed = false;
      return had;
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
      if (waiting.length > 0 || hasMissed || isOver) return;
      const { promise, resolve } = Promise.withResolvers<undefined>();
      wake = () => resolve(undefined);
      const heartbeat = clock.schedule(longestMs, wake);
      await promise;
      heartbeat.cancel();
    },
  };
}
