import { expect, test } from 'vitest';
import type { StoredWebhook } from '#inbox/webhook-source.ts';
import type { Database } from '#store/database.ts';
import { testStore } from '../support/database.ts';
import { inboxRows, Mailbox, sourceOf, storeOne } from './inbox.ts';
import { hour, longLease, nameOf, refuse, start } from './stand.ts';

/** Looks until nothing is left in the inbox that is not marked. */
async function untilMarked(database: Database): Promise<void> {
  while ((await inboxRows(database)).some(({ status }) => status === 'received'));
}

test('a webhook is handled once, however often the worker looks', async () => {
  const store = await testStore();
  const { database } = store;
  await storeOne(store, 'a');
  const handled = new Mailbox<string>();
  const handle = (webhook: StoredWebhook) => Promise.resolve(handled.put(nameOf(webhook)));
  const { worker, clock } = start(database, [sourceOf({ handle })], longLease);
  expect(await handled.next()).toBe('a');
  await untilMarked(database);
  clock.advance(hour);
  await storeOne(store, 'b');
  worker.wake();
  expect(await handled.next()).toBe('b');
  await worker.stop();
  expect(await inboxRows(database)).toMatchObject([
    { key: 'a', status: 'handled', attempts: 1 },
    { key: 'b', status: 'handled', attempts: 1 },
  ]);
});

test('webhooks of one subject are handled in order, one of another meanwhile', async () => {
  const store = await testStore();
  const { database } = store;
  await storeOne(store, 'first', 'payment');
  await storeOne(store, 'second', 'payment');
  await storeOne(store, 'other', 'customer');
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
  const store = await testStore();
  const { database } = store;
  await storeOne(store, 'a');
  const { clock, errors, dead } = start(database, [sourceOf({ handle: refuse })], longLease);
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
  expect(dead).toMatchObject([{ provider: 'test', eventType: 'changed', error: 'provider_timeout' }]);
  expect(delaysMs).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024].map((seconds) => seconds * 1000));
});

test('a webhook that failed is handled when its time has come', async () => {
  const store = await testStore();
  const { database } = store;
  await storeOne(store, 'a');
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
  const store = await testStore();
  const { database } = store;
  await storeOne(store, 'a');
  await database.updateTable('webhook_inbox').set({ failures: 40 }).execute();
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

test('a webhook that keeps failing holds up the later ones of its subject for three tries and no longer', async () => {
  const store = await testStore();
  const { database } = store;
  await storeOne(store, 'first', 'payment');
  await storeOne(store, 'second', 'payment');
  const handled = new Mailbox<string>();
  const handle = (webhook: StoredWebhook): Promise<void> =>
    nameOf(webhook) === 'first' ? refuse() : Promise.resolve(handled.put(nameOf(webhook)));
  const { clock, errors } = start(database, [sourceOf({ handle })]);
  for (let failure = 1; failure < 3; failure += 1) {
    await errors.next();
    const [first, second] = await inboxRows(database);
    expect([first?.failures, second?.attempts]).toEqual([failure, 0]);
    clock.advance(5_000);
  }
  expect(await handled.next()).toBe('second');
  expect((await inboxRows(database))[0]).toMatchObject({ status: 'received', failures: 3 });
});

test('a webhook that does not end holds up none of other subjects', async () => {
  const store = await testStore();
  const { database } = store;
  await storeOne(store, 'stuck');
  const gate = Promise.withResolvers<undefined>();
  const begun = new Mailbox<string>();
  const handle = async (webhook: StoredWebhook): Promise<void> => {
    begun.put(nameOf(webhook));
    if (nameOf(webhook) === 'stuck') await gate.promise;
  };
  const { worker } = start(database, [sourceOf({ handle })]);
  expect(await begun.next()).toBe('stuck');
  await storeOne(store, 'other');
  worker.wake();
  expect(await begun.next()).toBe('other');
  gate.resolve(undefined);
});
