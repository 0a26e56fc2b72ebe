import { expect, test } from 'vitest';
import type { StoredWebhook } from '#inbox/webhook-source.ts';
import { countingStatements } from '../support/counted-statements.ts';
import { testStore } from '../support/database.ts';
import { inboxRows, Mailbox, sourceOf, storeOne } from './inbox.ts';
import { gatedHandling, nameOf, start } from './stand.ts';

test('a webhook by itself costs two statements: its claim and its mark', async () => {
  const store = await testStore();
  const { database, asked } = countingStatements(store.database);
  await storeOne(store, 'a');
  const handled = new Mailbox<string>();
  const handle = (webhook: StoredWebhook) => Promise.resolve(handled.put(nameOf(webhook)));
  const { worker } = start(database, [sourceOf({ handle })]);
  expect(await handled.next()).toBe('a');
  await worker.stop();
  expect(await inboxRows(store.database)).toMatchObject([{ status: 'handled' }]);
  expect(asked()).toBe(2);
});

test('a later webhook that was there at the claim follows without an announcement', async () => {
  const store = await testStore();
  await storeOne(store, 'first', 'payment');
  await storeOne(store, 'second', 'payment');
  const { begun, gate, handle } = gatedHandling();
  start(store.database, [sourceOf({ handle })]);
  expect(await begun.next()).toBe('first');
  gate.resolve(undefined);
  expect(await begun.next()).toBe('second');
});

test('a later webhook that was announced while the first was in hand follows it', async () => {
  const store = await testStore();
  const { begun, gate, handle } = gatedHandling();
  await storeOne(store, 'first', 'payment');
  const { worker } = start(store.database, [sourceOf({ handle })]);
  expect(await begun.next()).toBe('first');
  await storeOne(store, 'second', 'payment');
  worker.wake();
  // The look that this wake causes finds the first in hand, before it ends.
  await storeOne(store, 'other', 'customer');
  worker.wake();
  expect(await begun.next()).toBe('other');
  gate.resolve(undefined);
  expect(await begun.next()).toBe('second');
});
