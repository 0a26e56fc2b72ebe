import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { databaseError, openStore, type Store } from '#store/database.ts';
import { storeWebhooks } from '#store/inbox/inbox.ts';
import { announceWebhook } from '#store/changes.ts';
import { listen, type Listener } from '#store/listener.ts';
import { testStore } from '../support/database.ts';
import { pgBouncerBefore, skippedBecause, type PgBouncer } from '../support/pgbouncer.ts';

const at = new Date('2026-02-23T14:30:00Z');
const title = 'a store behind PgBouncer in transaction mode';

interface Pooled {
  store: Store;
  pooler: PgBouncer;
}

async function pooledStore({ isDirectGiven = true } = {}): Promise<Pooled> {
  const direct = await testStore();
  const pooler = await pgBouncerBefore(direct.url);
  const store = openStore(pooler.url, isDirectGiven ? { directUrl: direct.url } : {});
  onTestFinished(() => store.close());
  return { store, pooler };
}

function webhook(): Parameters<typeof storeWebhooks>[1][number] {
  const rawBody = Buffer.from('{}');
  return { provider: 'p', deduplicationKey: randomUUID(), subject: 's', eventType: 'e', rawBody, at };
}

interface Heard {
  listener: Listener;
  clock: ManualClock;
  webhooks: number;
  connections: number;
  hearings: boolean[];
}

function listenOn(store: Store): Heard {
  const clock = new ManualClock();
  const ignore = (): void => undefined;
  const listener = listen(
    store,
    { clock, entropy: systemEntropy },
    {
      onChange: ignore,
      onBreaker: ignore,
      onOutbox: ignore,
      onDropped: ignore,
      onWebhook: () => (heard.webhooks += 1),
      onConnected: () => (heard.connections += 1),
      onHearing: (isHearing) => heard.hearings.push(isHearing),
    },
  );
  const heard: Heard = { listener, clock, webhooks: 0, connections: 0, hearings: [] };
  onTestFinished(() => listener.close());
  return heard;
}

describe.skipIf(skippedBecause !== undefined)(
  `${title}${skippedBecause ? ` (${skippedBecause})` : ''}`,
  () => {
    test('runs transactions and statements of many callers at once', async () => {
      const { store } = await pooledStore();
      const callers = Array.from({ length: 40 }, async () =>
        store.database
          .transaction()
          .execute((transaction) => transaction.selectFrom('users').selectAll().execute()),
      );
      expect(await Promise.all(callers)).toEqual(Array(40).fill([]));
    });

    test('runs statements that have names, although the server connection changes', async () => {
      const { store } = await pooledStore();
      for (let round = 0; round < 5; round += 1) {
        const stored = Array.from({ length: 10 }, () => storeWebhooks(store.pool, [webhook()]));
        expect((await Promise.all(stored)).flat()).toEqual(Array(10).fill(true));
      }
    });

    test('does not change the settings of connections that others use', async () => {
      const { store } = await pooledStore();
      const { rows } = await store.pool.query('show statement_timeout');
      expect(rows).toEqual([{ statement_timeout: '0' }]);
    });

    test('hears announcements on the direct address', async () => {
      const { store } = await pooledStore();
      const heard = listenOn(store);
      await expect.poll(() => heard.connections).toBe(1);
      await announceWebhook(store.database);
      await expect.poll(() => heard.webhooks).toBe(1);
      expect([heard.listener.isHearing, heard.hearings]).toEqual([true, []]);
    });

    test('without a direct address notices that announcements do not arrive, and polls', async () => {
      const { store } = await pooledStore({ isDirectGiven: false });
      const heard = listenOn(store);
      await expect.poll(() => (heard.clock.advance(5_000), heard.connections)).toBeGreaterThan(2);
      expect([heard.listener.isHearing, heard.hearings]).toEqual([false, [false]]);
    });

    test('fails with "unavailable" while the pooler is gone, and works when it is back', async () => {
      const { store, pooler } = await pooledStore();
      await store.pool.query('select 1');
      await pooler.kill();
      const failure = await store.pool.query('select 1').catch((error: unknown) => error);
      expect(databaseError(failure)).toMatchObject({ code: 'database_unavailable' });
      await pooler.restart();
      expect((await store.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    });
  },
);
