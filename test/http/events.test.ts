import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { createChangeFeed, type ChangeFeed } from '#http/change-feed.ts';
import { openStreamsMax } from '#http/customer-actions.ts';
import { waitingMax } from '#http/event-stream.ts';
import { deleteSessionsOfUser } from '#store/sessions.ts';
import { testContext, type TestContext } from '../support/context.ts';
import { signedIn, testApp } from '../support/http-app.ts';
import { listenOnLoopback } from '../support/loopback.ts';

const heartbeatMs = 15_000;

/** A connected customer; `read` returns the next chunk of the stream, undefined when it has ended. */
async function listener() {
  const context = await testContext();
  const changeFeed = createChangeFeed();
  const { user, sessionId, headers } = await signedIn(context);
  const response = await testApp(context, changeFeed).request('/api/events', { headers });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const read = async (): Promise<string | undefined> => (await reader?.read())?.value;
  expect(await read()).toContain('event: ready');
  return { context, changeFeed, userId: user.id, sessionId, headers, read };
}

/** Waits until the stream waits again, which it does shortly after a write. */
async function settled(read: Promise<unknown>, context: TestContext): Promise<void> {
  let isRead = false;
  void read.finally(() => (isRead = true));
  while (!isRead) {
    context.clock.advance(heartbeatMs);
    await context.store.pool.query('select 1');
  }
}

test('a stream sends heartbeats while its session is live', async () => {
  const { context, read } = await listener();
  const next = read();
  await settled(next, context);
  expect(await next).toContain('event: heartbeat');
});

test('a session that ended without an announcement ends its stream at the next heartbeat', async () => {
  const { context, userId, sessionId, read } = await listener();
  await deleteSessionsOfUser(context.store.database, { userId });
  const next = read();
  await settled(next, context);
  expect(await next).toContain(JSON.stringify({ kind: 'session', id: sessionId }));
  expect(await read()).toBeUndefined();
});

test('an announced end of the session ends its stream at once, with no further events', async () => {
  const { context, changeFeed, userId, sessionId, read } = await listener();
  await deleteSessionsOfUser(context.store.database, { userId });
  changeFeed.publish({ userId, kind: 'session', id: sessionId });
  changeFeed.publish({ userId, kind: 'payment', id: randomUUID() });
  expect(await read()).toContain(JSON.stringify({ kind: 'session', id: sessionId }));
  expect(await read()).toBeUndefined();
});

test('the end of another session is sent, and the stream continues', async () => {
  const { changeFeed, userId, read } = await listener();
  const other = { userId, kind: 'session', id: randomUUID() } as const;
  const payment = { userId, kind: 'payment', id: randomUUID() } as const;
  changeFeed.publish(other);
  expect(await read()).toContain(other.id);
  changeFeed.publish(payment);
  expect(await read()).toContain(payment.id);
});

test('a process that shuts down ends every present and later stream at once', async () => {
  const { context, changeFeed, headers, read } = await listener();
  changeFeed.end();
  expect(await read()).toBeUndefined();
  const late = await testApp(context, changeFeed).request('/api/events', { headers });
  expect(await late.text()).toBe('');
});

test('a stream is not collected or stored on its way', async () => {
  const context = await testContext();
  const { headers } = await signedIn(context);
  const response = await testApp(context).request('/api/events', { headers });
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  await response.body?.cancel();
});

/** A feed that knows how many subscriptions are open. */
function countingFeed(): ChangeFeed & { readonly open: number } {
  const feed = createChangeFeed();
  let open = 0;
  return {
    ...feed,
    get open() {
      return open;
    },
    subscribe(userId, subscriber) {
      const unsubscribe = feed.subscribe(userId, subscriber);
      open += 1;
      return () => {
        open -= 1;
        unsubscribe();
      };
    },
  };
}

/** A customer whose streams are counted; `until` waits for what happens in the background. */
async function crowd() {
  const context = await testContext();
  const changeFeed = countingFeed();
  const app = testApp(context, changeFeed);
  const { user, sessionId, headers } = await signedIn(context);
  const open = async () => app.request('/api/events', { headers });
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await context.store.pool.query('select 1');
  };
  const payment = () => ({ userId: user.id, kind: 'payment', id: randomUUID() }) as const;
  return { context, changeFeed, app, user, sessionId, headers, open, until, payment };
}

describe('a customer with as many streams as one may have', () => {
  test('is refused another one, and told when to try again', async () => {
    const { open, changeFeed } = await crowd();
    for (let stream = 0; stream < openStreamsMax; stream += 1) expect((await open()).status).toBe(200);
    const refused = await open();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30']);
    expect(await refused.json()).toMatchObject({ code: 'rate_limited' });
    expect(changeFeed.open).toBe(openStreamsMax);
  });

  test('may open one for each that ends', async () => {
    const { open, until, changeFeed } = await crowd();
    const streams = await Promise.all(Array.from({ length: openStreamsMax }, open));
    await streams[0]?.body?.cancel();
    await until(() => changeFeed.open < openStreamsMax);
    expect((await open()).status).toBe(200);
  });

  test('keeps nobody else from opening one', async () => {
    const { open, app, context } = await crowd();
    for (let stream = 0; stream < openStreamsMax; stream += 1) await open();
    const { headers } = await signedIn(context);
    expect((await app.request('/api/events', { headers })).status).toBe(200);
  });
});

describe('a stream on which changes keep arriving', () => {
  test('ends at its maximum age', async () => {
    const { context, open, until, changeFeed, payment } = await crowd();
    await open();
    for (let second = 0; second < 300; second += 4) {
      changeFeed.publish(payment());
      context.clock.advance(4_000);
      await context.store.pool.query('select 1');
    }
    await until(() => changeFeed.open === 0);
  });

  test('ends at the next heartbeat after its session has ended without an announcement', async () => {
    const { context, open, until, changeFeed, payment, user } = await crowd();
    await open();
    await until(() => changeFeed.open === 1);
    await deleteSessionsOfUser(context.store.database, { userId: user.id });
    for (let second = 0; second < 16; second += 4) {
      changeFeed.publish(payment());
      context.clock.advance(4_000);
      await context.store.pool.query('select 1');
    }
    await until(() => changeFeed.open === 0);
  });
});

test('signing out announces the end of the session', async () => {
  const { context, app, headers, sessionId, user } = await crowd();
  const client = await context.store.pool.connect();
  const heard: unknown[] = [];
  client.on('notification', ({ payload }) => heard.push(JSON.parse(payload ?? '')));
  await client.query('listen drop_changes');
  await app.request('/api/auth/logout', { method: 'POST', headers });
  for (let query = 0; query < 100 && heard.length === 0; query += 1) await client.query('select 1');
  client.release(true);
  expect(heard).toEqual([{ userId: user.id, kind: 'session', id: sessionId }]);
});

describe('a client that does not read', () => {
  test('holds at most so many events, and then its stream ends', async () => {
    const { open, until, changeFeed, payment } = await crowd();
    const response = await open();
    await until(() => changeFeed.open === 1);
    for (let change = 0; change < waitingMax + 10; change += 1) {
      changeFeed.publish(payment());
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    await until(() => changeFeed.open === 0);
    const events = (await response.text()).split('\n\n').filter((event) => event !== '');
    expect(events.length).toBeLessThanOrEqual(waitingMax);
  });

  test('is disconnected shortly after its stream has ended', async () => {
    const { context, app, headers, until, changeFeed, user } = await crowd();
    const server = await listenOnLoopback(0);
    onTestFinished(() => server.close());
    let outgoing: ServerResponse | undefined;
    server.handle((request, bindings) => {
      outgoing = bindings.outgoing;
      return app.fetch(request, bindings);
    });
    const socket = connect(server.port, '127.0.0.1').pause();
    socket.write(`GET /api/events HTTP/1.1\r\nHost: localhost\r\nCookie: ${headers.cookie}\r\n\r\n`);
    await until(() => changeFeed.open === 1);
    const large = { userId: user.id, kind: 'payment', id: 'x'.repeat(100_000) } as const;
    while (changeFeed.open > 0) {
      changeFeed.publish(large);
      await context.store.pool.query('select 1');
    }
    const closed = once(socket, 'close');
    // The time that a client has begins when the stream has ended, which is shortly after its feed was closed.
    await until(() => {
      context.clock.advance(10_000);
      return outgoing?.destroyed === true;
    });
    let tail = '';
    socket.on('data', (chunk: Buffer) => (tail = `${tail}${chunk.toString('latin1')}`.slice(-7)));
    socket.on('error', () => undefined).resume();
    await closed;
    expect(tail).not.toBe('\r\n0\r\n\r\n');
  });
});
