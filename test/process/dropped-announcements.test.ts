import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { ManualClock, systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { reportDroppedAnnouncements } from '#process/dropped-announcements.ts';
import { createMetrics } from '#process/metrics/metrics.ts';
import { readChange, type DroppedAnnouncement } from '#store/announcements.ts';
import { announceChange, announceWebhook, type Change } from '#store/changes.ts';
import type { Store } from '#store/database.ts';
import { listen } from '#store/listener.ts';
import { testStore } from '../support/database.ts';

const change: Change = { userId: 'customer', kind: 'payment', id: 'payment' };

/** Listens as a process of Drop does; its handler of webhooks throws. */
async function listening(store: Store) {
  const [changes, dropped]: [Change[], DroppedAnnouncement[]] = [[], []];
  const connected = Promise.withResolvers<undefined>();
  const handlers = {
    onChange: (each: Change) => changes.push(each),
    onBreaker: () => undefined,
    onOutbox: () => undefined,
    onDropped: (each: DroppedAnnouncement) => dropped.push(each),
    onWebhook() {
      throw new Error('a fault of the handler');
    },
    onConnected: () => connected.resolve(undefined),
  };
  const listener = listen(store, { clock: systemClock, entropy: systemEntropy }, handlers);
  onTestFinished(() => listener.close());
  await connected.promise;
  return { changes, dropped };
}

const notify = (store: Store, channel: string, payload: string) =>
  sql`select pg_notify(${channel}, ${payload})`.execute(store.database);

test.each(['drop_changes', 'drop_breakers'])(
  'a notification on %s that is not JSON is dropped, and the next change arrives',
  async (channel) => {
    const store = await testStore();
    const { changes, dropped } = await listening(store);
    await notify(store, channel, 'not json');
    await announceChange(store.database, change);
    await expect.poll(() => changes).toEqual([change]);
    expect(dropped).toEqual([{ channel, reason: 'unreadable' }]);
  },
);

test('a handler that throws drops the announcement, and the next change arrives', async () => {
  const store = await testStore();
  const { changes, dropped } = await listening(store);
  await announceWebhook(store.database);
  await announceChange(store.database, change);
  await expect.poll(() => changes).toEqual([change]);
  expect(dropped).toEqual([{ channel: 'drop_webhooks', reason: 'failed', error: expect.any(Error) }]);
});

test.each([
  '',
  'null',
  '[]',
  '7',
  '{}',
  '{"userId":7,"kind":"payment","id":"payment"}',
  '{"userId":"customer","kind":"unheard-of","id":"payment"}',
])('a change of another form (%s) is not understood', (payload) => {
  expect(readChange(payload)).toBeUndefined();
});

test('a change whose id is longer than any of Drop’s is not understood', () => {
  expect(readChange(JSON.stringify({ ...change, id: 'x'.repeat(201) }))).toBeUndefined();
});

test('every dropped announcement is counted, and one a minute is logged', async () => {
  const clock = new ManualClock();
  const logged: unknown[] = [];
  const metrics = createMetrics({
    outbounds: () => [],
    droppedCalls: () => 0,
  });
  const report = reportDroppedAnnouncements({
    clock,
    log: (level, message, details) => logged.push([level, message, details]),
    count: metrics.countDroppedAnnouncement,
  });
  const dropped = { channel: 'drop_changes', reason: 'unreadable' } as const;
  for (let time = 0; time < 3; time += 1) report(dropped);
  clock.advance(60_000);
  report(dropped);
  const message = 'an announcement was dropped';
  expect(logged).toEqual([
    ['warn', message, { ...dropped, unlogged: 0 }],
    ['warn', message, { ...dropped, unlogged: 2 }],
  ]);
  expect(await metrics.text()).toContain(
    'drop_announcements_dropped_total{channel="drop_changes",reason="unreadable"} 4',
  );
});
