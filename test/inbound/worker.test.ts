import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import type { DeadWebhook } from '#inbound/handling.ts';
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
  dead: DeadWebhook[];
}

interface StartOptions {
  /** When it starts, in milliseconds after the start of a `ManualClock`. */
  afterMs?: number;
  random?: () => number;
  leaseMs?: number;
}

function start(database: Database, sources: WebhookSource[], options: StartOptions = {}): Stand {
  const { worker, clock, ...told } = startUnended(database, sources, options);
  onTestFinished(() => worker.stop());
  return { worker, clock, ...told };
}

/** A worker that the test never stops: it may hang with what it has in hand, as a process does that was killed. */
function startUnended(
  database: Database,
  sources: WebhookSource[],
  { afterMs = 0, random = () => 0, ...lease }: StartOptions = {},
): Stand {
  const clock = new ManualClock();
  clock.advance(afterMs);
  const errors: Stand['errors'] = new Mailbox();
  const onError = (message: string, { isLast }: Record<string, unknown>) => errors.put({ message, isLast });
  const dead: DeadWebhook[] = [];
  const onDead = (webhook: DeadWebhook) => void dead.push(webhook);
  const worker = startInboxWorker({ database, clock, sources, onError, onDead, random, ...lease });
  clock.advance(0);
  return { worker, clock, errors, dead };
}

const nameOf = (webhook: StoredWebhook): string => Buffer.from(webhook.rawBody).toString();
const refuse = (): Promise<never> => Promise.reject(new DropError('provider_timeout'));
const hour = 3_600_000;
/** Where the clock jumps while something may be in hand. */
const longLease = { leaseMs: 100 * hour };

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

test('to stop waits for what is in hand and takes nothing more', async () => {
  const store = await testStore();
  const { database } = store;
  await storeOne(store, 'first', 'payment');
  await storeOne(store, 'second', 'payment');
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
  expect((await errors.next()).message).toBe('what became of a webhook could not be stored');
  const stopped = worker.stop();
  gate.resolve(undefined);
  await stopped;
  expect(await inboxRows(database)).toMatchObject([
    { key: 'stuck', status: 'received', dueAfterMs: 60_000 },
    { key: 'slow', status: 'handled' },
  ]);
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
  clock.advance(55_000);
  await errors.next();
  expect(await inboxRows(database)).toMatchObject([
    { status: 'received', failures: 1, error: 'provider_timeout', dueAfterMs: 56_000 },
  ]);
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
  expect((await errors.next()).message).toBe('who had a webhook in hand never said what became of it');
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

test('to stop hands over: what is done is done, what is left is taken by another, and no lease is lost', async () => {
  const store = await testStore();
  const { database } = store;
  await storeOne(store, 'first', 'payment');
  await storeOne(store, 'second', 'payment');
  const begun = new Mailbox<string>();
  const gate = Promise.withResolvers<undefined>();
  const handle = async (webhook: StoredWebhook): Promise<void> => {
    begun.put(nameOf(webhook));
    await gate.promise;
  };
  const { worker } = start(database, [sourceOf({ handle })]);
  expect(await begun.next()).toBe('first');
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
