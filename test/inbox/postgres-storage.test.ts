import { expect, test } from 'vitest';
import { createPostgresStorage, type Pool } from '#inbox/postgres/storage.ts';
import { inboxSchema } from '#inbox/postgres/schema.ts';
import type { ClaimedWebhook, NewWebhook } from '#inbox/storage.ts';
import type { Store } from '#store/database.ts';
import { storeWithoutTables } from '../support/database.ts';

const at = new Date('2026-02-23T14:30:00Z');
const later = new Date('2026-02-23T15:30:00Z');
const lease = { limit: 10, leaseMs: 60_000 };

function webhookOf(key: string, text = '{}'): NewWebhook {
  const rawBody = Buffer.from(text);
  return { provider: 'test', deduplicationKey: key, subject: key, eventType: 'changed', rawBody, at };
}

interface Stand {
  pool: Store['pool'];
  storage: ReturnType<typeof createPostgresStorage>;
  /** The status and the last error of the webhook. */
  row(): Promise<unknown>;
}

async function stand(): Promise<Stand> {
  const { pool } = await storeWithoutTables();
  await pool.query(inboxSchema);
  const row = async () => {
    const text = 'select status, last_error, failures from webhook_inbox';
    return (await pool.query<Record<string, unknown>>(text)).rows[0];
  };
  return { pool, storage: createPostgresStorage({ pool }), row };
}

async function claimed({ storage }: Stand): Promise<ClaimedWebhook> {
  await storage.store([webhookOf('a')]);
  const [webhook] = await storage.claim(at, lease);
  if (!webhook) throw new Error('the webhook is not due');
  return webhook;
}

test('a webhook is claimed as it was stored, and handled once', async () => {
  const { storage, row } = await stand();
  expect(await storage.store([webhookOf('a', '{"a":1}'), webhookOf('a')])).toEqual([true, false]);
  const [webhook] = await storage.claim(at, lease);
  expect(webhook).toMatchObject({ provider: 'test', subject: 'a', attempts: 1, failures: 0, receivedAt: at });
  expect(Buffer.from(webhook?.rawBody ?? []).toString()).toBe('{"a":1}');
  const claims = webhook ? [webhook] : [];
  expect(await storage.markHandled(claims, at)).toEqual([true]);
  expect(await storage.markHandled(claims, at)).toEqual([false]);
  expect(await row()).toMatchObject({ status: 'handled' });
});

test('a webhook that is handed back can be claimed at once, and is announced', async () => {
  const opened = await stand();
  const { storage, pool } = opened;
  const webhook = await claimed(opened);
  const listener = await pool.connect();
  const heard = new Promise((resolve) => listener.once('notification', ({ channel }) => resolve(channel)));
  await listener.query('listen webhook_inbox');
  expect(await storage.claim(at, lease)).toEqual([]);
  await storage.release([webhook], at);
  expect(await storage.claim(at, lease)).toMatchObject([{ attempts: 2, isLeaseLost: false }]);
  expect(await heard).toBe('webhook_inbox');
  listener.release();
});

test('a failed webhook is due when it is to be tried again', async () => {
  const opened = await stand();
  const failure = { error: 'provider_timeout', retryAt: later };
  expect(await opened.storage.markFailed(await claimed(opened), failure)).toBe(true);
  expect(await opened.storage.claim(at, lease)).toEqual([]);
  expect(await opened.storage.claim(later, lease)).toMatchObject([{ failures: 1 }]);
});

test('a webhook is given up together with what belongs to it', async () => {
  const opened = await stand();
  await opened.pool.query('create table alerts (text text)');
  const alert = (text: string) =>
    opened.storage.giveUp(webhook, 'late', async (transaction) => {
      await transaction.query('insert into alerts values ($1)', [text]);
    });
  const webhook = await claimed(opened);
  expect(await alert('given up')).toBe(true);
  expect(await alert('again')).toBe(false);
  expect(await opened.row()).toEqual({ status: 'dead', last_error: 'late', failures: 1 });
  expect((await opened.pool.query('select text from alerts')).rows).toEqual([{ text: 'given up' }]);
});

test('a webhook stays if what belongs to giving it up fails', async () => {
  const opened = await stand();
  const webhook = await claimed(opened);
  const failing = opened.storage.giveUp(webhook, 'late', () => Promise.reject(new RangeError('no')));
  await expect(failing).rejects.toThrow(RangeError);
  expect(await opened.row()).toEqual({ status: 'received', last_error: null, failures: 0 });
  expect(opened.pool.idleCount).toBe(opened.pool.totalCount);
});

test('a connection that broke while a webhook was given up is not used again', async () => {
  const opened = await stand();
  const webhook = await claimed(opened);
  const failing = opened.storage.giveUp(webhook, 'late', async (transaction) => {
    await transaction.query('select pg_terminate_backend(pg_backend_pid())');
  });
  await expect(failing).rejects.toThrow('terminating connection');
  expect(opened.pool.totalCount).toBe(0);
  expect(await opened.row()).toMatchObject({ status: 'received' });
});

/** A pool whose connections get no answer to a rollback, as after a time limit of the driver. */
function withoutRollback(pool: Store['pool']): Pool {
  return {
    query: (text, values) => pool.query(text, values),
    async connect() {
      const client = await pool.connect();
      return {
        query: (text, values) =>
          text === 'rollback' ? Promise.reject(new Error('no answer')) : client.query(text, values),
        release: (isBroken) => client.release(isBroken),
      };
    },
  };
}

test('a connection whose transaction could not be rolled back is not used again', async () => {
  const opened = await stand();
  const webhook = await claimed(opened);
  const storage = createPostgresStorage({ pool: withoutRollback(opened.pool) });
  const failing = storage.giveUp(webhook, 'late', () => Promise.reject(new RangeError('no')));
  await expect(failing).rejects.toThrow(RangeError);
  expect(opened.pool.totalCount).toBe(0);
});

test('a text that PostgreSQL cannot store is a fault of the data', async () => {
  const { storage } = await stand();
  const thrown: unknown = await storage.store([webhookOf('a\0')]).catch((error: unknown) => error);
  expect(storage.isFaultOfData(thrown)).toBe(true);
  expect(storage.isFaultOfData(new Error('no connection'))).toBe(false);
});
