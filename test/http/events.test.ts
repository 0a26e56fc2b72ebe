import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createChangeFeed } from '#http/change-feed.ts';
import { deleteSessionsOfUser } from '#store/sessions.ts';
import { testContext, type TestContext } from '../support/context.ts';
import { signedIn, testApp } from '../support/http-app.ts';

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
