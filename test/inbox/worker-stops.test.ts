import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { StoredWebhook } from '#inbox/webhook-source.ts';
import { testStore } from '../support/database.ts';
import { inboxRows, Mailbox, sourceOf, storeOne } from './inbox.ts';
import { gatedHandling, hour, nameOf, start } from './stand.ts';

/** A worker that has the first of a subject's two webhooks in hand, for as long as the gate is shut. */
async function firstInHand() {
  const store = await testStore();
  const { database } = store;
  await storeOne(store, 'first', 'payment');
  await storeOne(store, 'second', 'payment');
  const { begun, gate, handle } = gatedHandling();
  const { worker } = start(database, [sourceOf({ handle })]);
  expect(await begun.next()).toBe('first');
  return { database, begun, gate, handle, worker };
}

test('to stop waits for what is in hand and takes nothing more', async () => {
  const { database, gate, worker } = await firstInHand();
  let isStopped = false;
  const stopped = worker.stop().then(() => (isStopped = true));
  await inboxRows(database);
  expect(isStopped).toBe(false);
  gate.resolve(undefined);
  await stopped;
  expect(await inboxRows(database)).toMatchObject([
    { key: 'first', status: 'handled' },
    { key: 'second', status: 'received', inHand: false, failures: 0, dueAfterMs: 0 },
  ]);
});

test('to stop waits for what is in hand also when the outcome of another cannot be stored', async () => {
  const store = await testStore();
  const { database } = store;
  await storeOne(store, 'stuck');
  await storeOne(store, 'slow');
  await sql`
    alter table webhook_inbox add check (deduplication_key <> 'stuck' or status = 'received' and last_error is null)
  `.execute(database);
  const gate = Promise.withResolvers<undefined>();
  const handle = (webhook: StoredWebhook): Promise<unknown> =>
    nameOf(webhook) === 'slow' ? gate.promise : Promise.resolve();
  const { worker, errors } = start(database, [
    sourceOf({ handle: async (webhook) => void (await handle(webhook)) }),
  ]);
  expect((await errors.next()).message).toBe('the outcome of a webhook could not be stored');
  const stopped = worker.stop();
  gate.resolve(undefined);
  await stopped;
  expect(await inboxRows(database)).toMatchObject([
    { key: 'stuck', status: 'received', dueAfterMs: 54_000 },
    { key: 'slow', status: 'handled' },
  ]);
});

test('to stop hands over: what is done is done, what is left is taken by another, and no lease is lost', async () => {
  const { database, begun, gate, handle, worker } = await firstInHand();
  const stopped = worker.stop();
  gate.resolve(undefined);
  await stopped;
  const next = start(database, [sourceOf({ handle })], { afterMs: hour });
  expect(await begun.next()).toBe('second');
  await next.worker.stop();
  expect(await inboxRows(database)).toMatchObject([
    { key: 'first', status: 'handled', failures: 0, inHand: false },
    { key: 'second', status: 'handled', failures: 0, inHand: false },
  ]);
});

test('what was being taken when it was told to stop is handed back, and another takes it at once', async () => {
  const store = await testStore();
  const { database } = store;
  await storeOne(store, 'a');
  const handled = new Mailbox<string>();
  const handle = (webhook: StoredWebhook) => Promise.resolve(handled.put(nameOf(webhook)));
  const { worker } = start(database, [
    sourceOf({ handle: () => Promise.reject(new RangeError('it was told to stop')) }),
  ]);
  await worker.stop();
  expect(await inboxRows(database)).toMatchObject([{ status: 'received', attempts: 1, inHand: false }]);
  const next = start(database, [sourceOf({ handle })]);
  expect(await handled.next()).toBe('a');
  await next.worker.stop();
  expect(await inboxRows(database)).toMatchObject([{ status: 'handled', attempts: 2, failures: 0 }]);
});
