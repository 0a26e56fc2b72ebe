import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { loadConfig } from '#config';
import { createApp, type HttpApp } from '#http/app.ts';
import { createChangeFeed, type ChangeFeed } from '#http/change-feed.ts';
import { createWebShell } from '#http/web-shell.ts';
import { deleteSessionsOfUser, insertSession } from '#store/sessions.ts';
import { customer, testContext, type TestContext } from '../support/context.ts';

const heartbeatMs = 15_000;

function appOf(context: TestContext, changeFeed: ChangeFeed): HttpApp {
  return createApp({
    context,
    changeFeed,
    config: loadConfig({ NEXT_PUBLIC_SERVICE_MODE: 'mock', DROP_ENVIRONMENT: 'sandbox' }),
    webhookSources: [],
    health: async () => ({ status: 'ok', version: '0', components: {} }),
    webShell: createWebShell('web/dist'),
    metrics: async () => '',
    onServerError: () => undefined,
    onWebhookRefused: () => undefined,
  });
}

/** A customer who listens; `read` gives the next piece of the stream, undefined when it has ended. */
async function listener() {
  const context = await testContext();
  const changeFeed = createChangeFeed();
  const { id: userId } = await customer(context);
  const token = randomUUID();
  const at = context.clock.now();
  const expiresAt = new Date(at.getTime() + 3_600_000);
  const session = { id: randomUUID(), token, userId, userAgent: undefined, at, expiresAt };
  await insertSession(context.store.database, session);
  const headers = { cookie: `drop-session=${token}` };
  const response = await appOf(context, changeFeed).request('/api/events', { headers });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const read = async (): Promise<string | undefined> => (await reader?.read())?.value;
  expect(await read()).toContain('event: ready');
  return { context, changeFeed, userId, sessionId: session.id, read };
}

/** Until the stream waits again, which it does a moment after it has written. */
async function settled(read: Promise<unknown>, context: TestContext): Promise<void> {
  let isRead = false;
  void read.finally(() => (isRead = true));
  while (!isRead) {
    context.clock.advance(heartbeatMs);
    await context.store.pool.query('select 1');
  }
}

test('a stream beats while its session lives', async () => {
  const { context, read } = await listener();
  const next = read();
  await settled(next, context);
  expect(await next).toContain('event: heartbeat');
});

test('a session that ended unannounced ends its stream at the next heartbeat', async () => {
  const { context, userId, sessionId, read } = await listener();
  await deleteSessionsOfUser(context.store.database, { userId });
  const next = read();
  await settled(next, context);
  expect(await next).toContain(JSON.stringify({ kind: 'session', id: sessionId }));
  expect(await read()).toBeUndefined();
});

test('a session that is said to have ended ends its stream at once, and is told nothing more', async () => {
  const { context, changeFeed, userId, sessionId, read } = await listener();
  await deleteSessionsOfUser(context.store.database, { userId });
  changeFeed.publish({ userId, kind: 'session', id: sessionId });
  changeFeed.publish({ userId, kind: 'payment', id: randomUUID() });
  expect(await read()).toContain(JSON.stringify({ kind: 'session', id: sessionId }));
  expect(await read()).toBeUndefined();
});

test('another session that ended is told, and the stream goes on', async () => {
  const { changeFeed, userId, read } = await listener();
  const other = { userId, kind: 'session', id: randomUUID() } as const;
  const payment = { userId, kind: 'payment', id: randomUUID() } as const;
  changeFeed.publish(other);
  expect(await read()).toContain(other.id);
  changeFeed.publish(payment);
  expect(await read()).toContain(payment.id);
});
