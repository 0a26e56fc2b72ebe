import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import { createWebhookReceiver } from '#inbox/receive.ts';
import { openStore } from '#store/database.ts';
import { testStore } from '../support/database.ts';
import type { Receipt, WebhookReceiver } from '#inbox/receive.ts';
import type { Database } from '#store/database.ts';
import { receiverPorts } from '#store/inbox/ports.ts';
import { deliveryOf, inboxRows, sourceOf } from './inbox.ts';

const clock = new ManualClock();

test('an accepted webhook is stored with its exact bytes, due at once', async () => {
  const store = await testStore();
  const { database } = store;
  const delivery = deliveryOf('{"a" :  1}\n');
  expect(
    await createWebhookReceiver({ clock, ...receiverPorts(store) }).receive(sourceOf({}), delivery),
  ).toBe('stored');
  expect(await inboxRows(database)).toMatchObject([{ key: 'key', status: 'received', dueAfterMs: 0 }]);
  const row = await database.selectFrom('webhook_inbox').select('raw_body').executeTakeFirstOrThrow();
  expect(row.raw_body.toString()).toBe('{"a" :  1}\n');
});

test('of a body with personal data only what its source keeps is stored', async () => {
  const store = await testStore();
  const verdict = { kind: 'accepted', deduplicationKey: 'key', subject: 's', eventType: 'e' } as const;
  const source = sourceOf({ verdict: { ...verdict, kept: Buffer.from('{"id":1}') } });
  await createWebhookReceiver({ clock, ...receiverPorts(store) }).receive(
    source,
    deliveryOf('{"id":1,"name":"Kari"}'),
  );
  const row = await store.database.selectFrom('webhook_inbox').select('raw_body').executeTakeFirstOrThrow();
  expect(row.raw_body.toString()).toBe('{"id":1}');
});

test('a repetition is a duplicate and changes nothing, also when it comes at the same time', async () => {
  const store = await testStore();
  const { database } = store;
  const receiver = createWebhookReceiver({ clock, ...receiverPorts(store) });
  const receive = () => receiver.receive(sourceOf({}), deliveryOf('{}'));
  const receipts = await Promise.all([receive(), receive(), receive()]);
  expect(receipts.toSorted()).toEqual(['duplicate', 'duplicate', 'stored']);
  expect(await receive()).toBe('duplicate');
  expect(await inboxRows(database)).toHaveLength(1);
});

test('the same key from another provider is another webhook', async () => {
  const store = await testStore();
  await createWebhookReceiver({ clock, ...receiverPorts(store) }).receive(sourceOf({}), deliveryOf('{}'));
  const other = sourceOf({ provider: 'other' });
  expect(
    await createWebhookReceiver({ clock, ...receiverPorts(store) }).receive(other, deliveryOf('{}')),
  ).toBe('stored');
});

test.each([
  ['signature_invalid', 'webhook_signature_invalid'],
  ['malformed', 'webhook_malformed'],
] as const)('what is %s is refused as %s and not stored', async (kind, code) => {
  const store = await testStore();
  const { database } = store;
  const source = sourceOf({ verdict: { kind, reason: 'for the test' } });
  await expect(
    createWebhookReceiver({ clock, ...receiverPorts(store) }).receive(source, deliveryOf('{}')),
  ).rejects.toMatchObject({ code });
  expect(await inboxRows(database)).toEqual([]);
});

test('what cannot be verified now is not stored, and the sender hears so', async () => {
  const store = await testStore();
  const { database } = store;
  const source = { ...sourceOf({}), verify: () => Promise.reject(new DropError('provider_unavailable')) };
  await expect(
    createWebhookReceiver({ clock, ...receiverPorts(store) }).receive(source, deliveryOf('{}')),
  ).rejects.toMatchObject({
    code: 'provider_unavailable',
  });
  expect(await inboxRows(database)).toEqual([]);
});

test('without a database it is database_unavailable, upon which the sender tries again', async () => {
  const store = openStore('postgres://nobody@127.0.0.1:1/nothing');
  await expect(
    createWebhookReceiver({ clock, ...receiverPorts(store) }).receive(sourceOf({}), deliveryOf('{}')),
  ).rejects.toMatchObject({
    code: 'database_unavailable',
  });
});

/** As what arrives within one turn of the event loop. Each key is also the subject. */
function receiveTogether(
  receiver: WebhookReceiver,
  keys: string[],
): Promise<PromiseSettledResult<Receipt>[]> {
  return Promise.allSettled(
    keys.map((key) => {
      const accepted = {
        kind: 'accepted',
        deduplicationKey: key,
        subject: key,
        eventType: 'changed',
      } as const;
      return receiver.receive(sourceOf({ verdict: accepted }), deliveryOf(key));
    }),
  );
}

const outcomesOf = (settled: PromiseSettledResult<Receipt>[]): unknown[] =>
  settled.map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as DropError).code));

/** How many transactions wrote what is in the inbox. */
async function commitsOf(database: Database): Promise<number> {
  const { rows } = await sql<{ commits: number }>`
    select count(distinct xmin::text)::integer as commits from webhook_inbox
  `.execute(database);
  return rows[0]?.commits ?? 0;
}

test('webhooks that come together are stored by one commit, in the order in which they came', async () => {
  const store = await testStore();
  const { database } = store;
  const keys = Array.from({ length: 40 }, (_, index) => `key ${index}`);
  await receiveTogether(createWebhookReceiver({ clock, ...receiverPorts(store) }), keys);
  expect((await inboxRows(database)).map(({ key }) => key)).toEqual(keys);
  expect(await commitsOf(database)).toBe(1);
});

test('of two deliveries of one webhook within a commit one is stored and one is a duplicate', async () => {
  const store = await testStore();
  const settled = await receiveTogether(createWebhookReceiver({ clock, ...receiverPorts(store) }), [
    'a',
    'b',
    'a',
  ]);
  expect(outcomesOf(settled)).toEqual(['stored', 'stored', 'duplicate']);
});

test('one that the database cannot hold is malformed, and those beside it are stored', async () => {
  const store = await testStore();
  const { database } = store;
  const settled = await receiveTogether(createWebhookReceiver({ clock, ...receiverPorts(store) }), [
    'a',
    'b\u0000',
    'c',
  ]);
  expect(outcomesOf(settled)).toEqual(['stored', 'webhook_malformed', 'stored']);
  expect((await inboxRows(database)).map(({ key }) => key)).toEqual(['a', 'c']);
});

test('one whose text is too long for an index is malformed, and those beside it are stored', async () => {
  const store = await testStore();
  const { database } = store;
  const long = randomBytes(9_000).toString('base64url');
  const receiver = createWebhookReceiver({ clock, ...receiverPorts(store) });
  const settled = await receiveTogether(receiver, ['a', long, 'c']);
  expect(outcomesOf(settled)).toEqual(['stored', 'webhook_malformed', 'stored']);
  expect((await inboxRows(database)).map(({ key }) => key)).toEqual(['a', 'c']);
});

test('when a commit fails each of its webhooks is refused for now, and none is stored', async () => {
  const store = await testStore();
  const { database } = store;
  await sql`
    create function fail() returns trigger language plpgsql as 'begin raise exception using errcode = $$53100$$; end'
  `.execute(database);
  await sql`
    create constraint trigger fail after insert on webhook_inbox deferrable initially deferred
    for each row when (new.deduplication_key = 'b') execute function fail()
  `.execute(database);
  const settled = await receiveTogether(createWebhookReceiver({ clock, ...receiverPorts(store) }), [
    'a',
    'b',
    'c',
  ]);
  expect(outcomesOf(settled)).toEqual(Array(3).fill('database_unavailable'));
  expect(await inboxRows(database)).toEqual([]);
});
