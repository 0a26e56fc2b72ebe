import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import { startInboxWorker, type InboxWorker } from '#inbound/worker.ts';
import type { StoredWebhook, WebhookSource } from '#inbound/webhook-source.ts';
import type { Database } from '#store/database.ts';
import { testStore } from '../support/database.ts';
import { inboxRows, Mailbox, sourceOf, storeOne } from './inbox.ts';

interface Stand {
  worker: InboxWorker;
  clock: ManualClock;
  /** What went wrong, as told to the operator. */
  errors: Mailbox<{ message: string; isLast: unknown }>;
}

function start(database: Database, sources: WebhookSource[]): Stand {
  const clock = new ManualClock();
  const errors: Stand['errors'] = new Mailbox();
  const onError = (message: string, { isLast }: Record<string, unknown>) => errors.put({ message, isLast });
  const worker = startInboxWorker({ database, clock, sources, onError });
  onTestFinished(() => worker.stop());
  clock.advance(0);
  return { worker, clock, errors };
}

const nameOf = (webhook: StoredWebhook): string => Buffer.from(webhook.rawBody).toString();
const refuse = (): Promise<never> => Promise.reject(new DropError('provider_timeout'));
const hour = 3_600_000;

test('a webhook is handled once, however often the worker looks', async () => {
  const { database } = await testStore();
  await storeOne(database, 'a');
  const handled = new Mailbox<string>();
  const handle = (webhook: StoredWebhook) => Promise.resolve(handled.put(nameOf(webhook)));
  const { worker, clock } = start(database, [sourceOf({ handle })]);
  expect(await handled.next()).toBe('a');
  clock.advance(hour);
  await storeOne(database, 'b');
  worker.wake();
  expect(await handled.next()).toBe('b');
  await worker.stop();
  expect(await inboxRows(database)).toMatchObject([
    { key: 'a', status: 'handled', attempts: 1 },
    { key: 'b', status: 'handled', attempts: 1 },
  ]);
});

test('webhooks of one subject are handled in order, one of another meanwhile', async () => {
  const { database } = await testStore();
  await storeOne(database, 'first', 'payment');
  await storeOne(database, 'second', 'payment');
  await storeOne(database, 'other', 'customer');
  const gate = Promise.withResolvers<undefined>();
  const events = new Mailbox<string>();
  const { worker } = start(database, [
    sourceOf({
      async handle(webhook) {
        events.put(`${nameOf(webhook)} begins`);
        if (nameOf(webhook) === 'first') await gate.promise;
        events.put(`${nameOf(webhook)} ends`);
      },
    }),
  ]);
  const meanwhile = [await events.next(), await events.next(), await events.next()];
  expect(meanwhile.toSorted()).toEqual(['first begins', 'other begins', 'other ends']);
  worker.wake();
  gate.resolve(undefined);
  expect([await events.next(), await events.next()]).toEqual(['first ends', 'second begins']);
});

test('a webhook that cannot be handled is tried again, later each time, and given up after the twelfth', async () => {
  const { database } = await testStore();
  await storeOne(database, 'a');
  const { clock, errors } = start(database, [sourceOf({ handle: refuse })]);
  let elapsedMs = 0;
  const delaysMs: number[] = [];
  for (let attempt = 1; attempt < 12; attempt += 1) {
    expect(await errors.next()).toEqual({ message: 'a webhook could not be handled', isLast: false });
    const [row] = await inboxRows(database);
    expect(row).toMatchObject({ status: 'received', attempts: attempt, error: 'provider_timeout' });
    delaysMs.push((row?.dueAfterMs ?? 0) - elapsedMs);
    clock.advance(hour);
    elapsedMs += hour;
  }
  expect(await errors.next()).toMatchObject({ isLast: true });
  expect(await inboxRows(database)).toMatchObject([{ status: 'dead', attempts: 12 }]);
  expect(delaysMs).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024].map((seconds) => seconds * 1000));
});

test('a webhook that failed is handled when its time has come', async () => {
  const { database } = await testStore();
  await storeOne(database, 'a');
  const handled = new Mailbox<string>();
  let attempts = 0;
  const { worker, clock, errors } = start(database, [
    sourceOf({
      async handle(webhook) {
        attempts += 1;
        if (attempts === 1) await refuse();
        handled.put(nameOf(webhook));
      },
    }),
  ]);
  await errors.next();
  clock.advance(5_000);
  expect(await handled.next()).toBe('a');
  await worker.stop();
  expect(await inboxRows(database)).toMatchObject([{ status: 'handled', attempts: 2, error: null }]);
});

test('a webhook whose provider has no source here is kept, told of and handled when it has', async () => {
  const { database } = await testStore();
  await storeOne(database, 'a');
  await database.updateTable('webhook_inbox').set({ attempts: 40 }).execute();
  const without = start(database, [sourceOf({ provider: 'other' })]);
  expect(await without.errors.next()).toMatchObject({ isLast: false });
  await without.worker.stop();
  expect(await inboxRows(database)).toMatchObject([
    { status: 'received', error: 'provider_unavailable', dueAfterMs: hour },
  ]);
  const handled = new Mailbox<string>();
  const handle = (webhook: StoredWebhook) => Promise.resolve(handled.put(nameOf(webhook)));
  start(database, [sourceOf({ handle })]).clock.advance(hour);
  expect(await handled.next()).toBe('a');
});

test('to stop waits for what is in hand and takes nothing more', async () => {
  const { database } = await testStore();
  await storeOne(database, 'first', 'payment');
  await storeOne(database, 'second', 'payment');
  const begun = new Mailbox<string>();
  const gate = Promise.withResolvers<undefined>();
  const handle = async (webhook: StoredWebhook): Promise<void> => {
    begun.put(nameOf(webhook));
    await gate.promise;
  };
  const { worker } = start(database, [sourceOf({ handle })]);
  await begun.next();
  let isStopped = false;
  const stopped = worker.stop().then(() => (isStopped = true));
  await inboxRows(database);
  expect(isStopped).toBe(false);
  gate.resolve(undefined);
  await stopped;
  expect(await inboxRows(database)).toMatchObject([
    { key: 'first', status: 'handled' },
    { key: 'second', status: 'received', attempts: 0 },
  ]);
});

test('to stop waits for what is in hand also when the outcome of another cannot be stored', async () => {
  const { database } = await testStore();
  await storeOne(database, 'stuck');
  await storeOne(database, 'slow');
  await sql`
    alter table webhook_inbox add check (deduplication_key <> 'stuck' or status = 'received' and last_error is null)
  `.execute(database);
  const gate = Promise.withResolvers<undefined>();
  const handle = (webhook: StoredWebhook): Promise<unknown> =>
    nameOf(webhook) === 'slow' ? gate.promise : Promise.resolve();
  const { worker, errors } = start(database, [
    sourceOf({ handle: async (webhook) => void (await handle(webhook)) }),
  ]);
  expect((await errors.next()).message).toBe('what became of a webhook could not be stored');
  const stopped = worker.stop();
  gate.resolve(undefined);
  await stopped;
  expect(await inboxRows(database)).toMatchObject([
    { key: 'stuck', status: 'received', dueAfterMs: 60_000 },
    { key: 'slow', status: 'handled' },
  ]);
});
