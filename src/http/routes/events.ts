import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ServerResponse } from 'node:http';
import type { Clock } from '#domain/clock.ts';
import type { LiveSession } from '#store/sessions.ts';
import { sessionLives } from '#usecases/sign-in/sessions.ts';
import type { Change as SentChange } from '../contract/changes.ts';
import { requireSession } from '../customer.ts';
import type { HttpContext, HttpDependencies, HttpEnvironment } from '../environment.ts';
import { EventStream } from '../event-stream.ts';
import { WaitingChanges } from '../waiting-changes.ts';

const heartbeatMs = 15_000;
/** The maximum age of a stream. The browser then reconnects with its current session. */
const streamMs = 300_000;
/** How long a client may take to read the end of its stream. */
const lingerMs = 10_000;

const streamHeaders = {
  'content-type': 'text/event-stream',
  // A reverse proxy that collects the answer before it passes it on would delay every event.
  'x-accel-buffering': 'no',
};

/** `GET /api/events`: streams the customer's changes while the session is live. */
export function eventRoutes(app: OpenAPIHono<HttpEnvironment>, dependencies: HttpDependencies): void {
  const { context, changeFeed } = dependencies;

  app.get('/api/events', async (c) => {
    const session = await requireSession(c, dependencies);
    const changes = new WaitingChanges(context.clock);
    const unsubscribe = changeFeed.subscribe(session.user.id, changes);
    const stream = new EventStream(() => changes.onEnd());
    const end = (): void => {
      unsubscribe();
      stream.end();
      cutLater(outgoingOf(c), context.clock);
    };
    void follow({ stream, changes, session }, dependencies)
      // The browser reconnects by itself.
      .catch((error: unknown) =>
        context.log('warn', 'a stream of changes failed', { error, requestId: c.get('requestId') }),
      )
      .finally(end);
    return c.body(stream.body, 200, streamHeaders);
  });
}

interface Followed {
  stream: EventStream;
  changes: WaitingChanges;
  session: LiveSession;
}

/**
 * Writes every change until the stream reaches its maximum age, the session ends, or the client does not read. The
 * session is checked at every heartbeat, also when changes keep arriving, and whenever one of the customer's sessions
 * ends. If it has ended, the stream reports that and nothing else. An event `missed` says that changes may have been
 * lost on their way here, so that the client reads everything again.
 */
async function follow({ stream, changes, session }: Followed, { context }: HttpDependencies): Promise<void> {
  const now = (): number => context.clock.now().getTime();
  const endsAt = now() + streamMs;
  let heartbeatAt = now();
  for (let heartbeat = 'ready'; !changes.isOver && now() < endsAt;) {
    const hasMissed = changes.takeMissed();
    const taken = changes.take();
    const isDue = now() >= heartbeatAt;
    const mayHaveEnded = isDue || hasMissed || taken.some(({ kind }) => kind === 'session');
    if (mayHaveEnded && !(await sessionLives(context, session.id))) {
      sendChange(stream, { kind: 'session', id: session.id });
      return;
    }
    if (hasMissed && !stream.send('missed')) return;
    if (!taken.every((change) => sendChange(stream, change))) return;
    if (isDue) {
      if (!stream.send(heartbeat)) return;
      heartbeat = 'heartbeat';
      heartbeatAt = now() + heartbeatMs;
    }
    await changes.next(Math.max(0, heartbeatAt - now()));
  }
}

function sendChange(stream: EventStream, { kind, id }: SentChange): boolean {
  return stream.send('change', JSON.stringify({ kind, id }));
}

/** Node's answer, when the app runs on Node's server. */
function outgoingOf(c: HttpContext): ServerResponse | undefined {
  const bindings = c.env as Partial<HttpContext['env']> | undefined;
  return bindings?.outgoing;
}

/** Closes the connection of a client that does not read the end of its stream. */
function cutLater(outgoing: ServerResponse | undefined, clock: Clock): void {
  if (!outgoing || outgoing.destroyed || outgoing.writableFinished) return;
  const cut = clock.schedule(lingerMs, () => outgoing.destroy());
  outgoing.once('close', () => cut.cancel());
}
