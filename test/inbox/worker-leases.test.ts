import { expect, test } from 'vitest';
import type { StoredWebhook } from '#inbox/webhook-source.ts';
import type { Database } from '#store/database.ts';
import { testStore } from '../support/database.ts';
import { inboxRows, Mailbox, sourceOf, storeOne } from './inbox.ts';
import { hour, nameOf, refuse, start, startUnended, type StartOptions } from './stand.ts';

/**
 * Two workers: the first holds the webhook beyond its lease, and ends by `outcome` while the second, which has written
 * down that the lease was lost, has it in hand.
 */
async function overtaken(outcome: () => Promise<void>) {
  const store = await testStore();
  const { database } = store;
  await storeOne(store, 'a');
  const begun = new Mailbox<string>();
  const [slow, held] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  const first = start(database, [
    sourceOf({
      async handle() {
        begun.put('first');
        await slow.promise;
        await outcome();
      },
    }),
  ]);
  await begun.next();
  const second = start(database, [
    sourceOf({
      async handle() {
        begun.put('second');
        await held.promise;
      },
    }),
  ]);
  second.clock.advance(60_000);
  await second.errors.next();
  second.clock.advance(5_000);
  await begun.next();
  slow.resolve(undefined);
  const told = await first.errors.next();
  const [before] = await inboxRows(database);
  held.resolve(undefined);
  await second.worker.stop();
  const [after] = await inboxRows(database);
  return { before, after, told };
}

test('who lost a webhook to another worker cannot mark it as failed', async () => {
  const { before, after, told } = await overtaken(refuse);
  expect(before).toMatchObject({ status: 'received', attempts: 3, failures: 1, inHand: true });
  expect(told).toEqual({ message: 'a webhook could not be handled', isLast: false });
  expect(after).toMatchObject({ status: 'handled', attempts: 3, failures: 1, error: null });
});

test('who lost a webhook to another worker cannot mark it as handled, and says so', async () => {
  const { before, after, told } = await overtaken(() => Promise.resolve());
  expect(before).toMatchObject({ status: 'received', attempts: 3, inHand: true });
  expect(told.message).toBe('a webhook was handled after its lease had run out');
  expect(after).toMatchObject({ status: 'handled', attempts: 3, inHand: false });
});

test('handling that does not end is given up before the lease ends, and tried again', async () => {
  const store = await testStore();
  const { database } = store;
  await storeOne(store, 'a');
  const begun = new Mailbox<string>();
  const handle = (webhook: StoredWebhook): Promise<never> => {
    begun.put(nameOf(webhook));
    return new Promise(() => undefined);
  };
  const { clock, errors } = start(database, [sourceOf({ handle })]);
  await begun.next();
  clock.advance(49_500);
  await errors.next();
  expect(await inboxRows(database)).toMatchObject([
    { status: 'received', failures: 1, error: 'provider_timeout', dueAfterMs: 50_500 },
  ]);
});

/** So many times, an hour apart, a process takes what is due and is killed, and another finds out in between. */
async function takeAndDie(database: Database, { times }: { times: number }): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    if (time > 0) await findLost(database, { afterMs: (time - 0.5) * hour });
    const begun = new Mailbox<string>();
    const handle = (webhook: StoredWebhook): Promise<never> => {
      begun.put(nameOf(webhook));
      return new Promise(() => undefined);
    };
    startUnended(database, [sourceOf({ handle })], { afterMs: time * hour });
    await begun.next();
  }
}

/** A process that writes down what was lost, and ends. */
async function findLost(database: Database, options: StartOptions): Promise<void> {
  const { worker, errors } = start(database, [sourceOf({})], options);
  expect((await errors.next()).message).toBe(
    'the worker that held a webhook stopped without reporting a result',
  );
  await worker.stop();
}

test('a webhook that ends each process which handles it is given up after the twelfth, and told of', async () => {
  const store = await testStore();
  const { database } = store;
  await storeOne(store, 'a');
  await takeAndDie(database, { times: 12 });
  expect(await inboxRows(database)).toMatchObject([
    { status: 'received', failures: 11, error: 'lease_lost' },
  ]);
  const handle = (): Promise<void> => Promise.reject(new RangeError('it ends the thirteenth process too'));
  const { errors, dead } = start(database, [sourceOf({ handle })], { afterMs: 12 * hour });
  expect(await errors.next()).toMatchObject({ isLast: true });
  expect(dead).toMatchObject([{ provider: 'test', eventType: 'changed', error: 'lease_lost' }]);
  expect(await inboxRows(database)).toMatchObject([
    { status: 'dead', failures: 12, inHand: false, error: 'lease_lost' },
  ]);
});

test('what a process had in hand when it was killed, another handles', async () => {
  const store = await testStore();
  const { database } = store;
  await storeOne(store, 'a');
  await takeAndDie(database, { times: 11 });
  await findLost(database, { afterMs: 11 * hour });
  const handled = new Mailbox<string>();
  const handle = (webhook: StoredWebhook) => Promise.resolve(handled.put(nameOf(webhook)));
  const { worker, dead } = start(database, [sourceOf({ handle })], { afterMs: 12 * hour });
  expect(await handled.next()).toBe('a');
  await worker.stop();
  expect(dead).toEqual([]);
  expect(await inboxRows(database)).toMatchObject([{ status: 'handled', inHand: false, error: null }]);
});

test('webhooks that were lost together are not tried again at the same time', async () => {
  const store = await testStore();
  const { database } = store;
  await storeOne(store, 'a');
  await storeOne(store, 'b');
  await takeAndDie(database, { times: 1 });
  const chances = [0, 0.5].values();
  const { errors } = start(database, [sourceOf({})], {
    afterMs: hour,
    random: () => chances.next().value ?? 1,
  });
  for (let count = 0; count < 2; count += 1) await errors.next();
  const delaysMs = (await inboxRows(database)).map(({ dueAfterMs }) => dueAfterMs - hour);
  expect(delaysMs.toSorted()).toEqual([1_000, 1_500]);
});

test('a webhook whose provider has no source here is not given up for leases that were lost', async () => {
  const store = await testStore();
  const { database } = store;
  await storeOne(store, 'a');
  await takeAndDie(database, { times: 12 });
  const { errors, dead } = start(database, [sourceOf({ provider: 'other' })], { afterMs: 12 * hour });
  expect(await errors.next()).toMatchObject({ isLast: false });
  expect(await inboxRows(database)).toMatchObject([{ status: 'received', failures: 12 }]);
  expect(dead).toEqual([]);
});
