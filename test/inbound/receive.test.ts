import { expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import { receiveWebhook } from '#inbound/receive.ts';
import { openStore } from '#store/database.ts';
import { testStore } from '../support/database.ts';
import { deliveryOf, inboxRows, sourceOf } from './inbox.ts';

const clock = new ManualClock();

test('an accepted webhook is stored with its exact bytes, due at once', async () => {
  const { database } = await testStore();
  const delivery = deliveryOf('{"a" :  1}\n');
  expect(await receiveWebhook({ database, clock }, sourceOf({}), delivery)).toBe('stored');
  expect(await inboxRows(database)).toMatchObject([{ key: 'key', status: 'received', dueAfterMs: 0 }]);
  const row = await database.selectFrom('webhook_inbox').select('raw_body').executeTakeFirstOrThrow();
  expect(row.raw_body.toString()).toBe('{"a" :  1}\n');
});

test('a repetition is a duplicate and changes nothing, also when it comes at the same time', async () => {
  const { database } = await testStore();
  const receive = () => receiveWebhook({ database, clock }, sourceOf({}), deliveryOf('{}'));
  const receipts = await Promise.all([receive(), receive(), receive()]);
  expect(receipts.toSorted()).toEqual(['duplicate', 'duplicate', 'stored']);
  expect(await receive()).toBe('duplicate');
  expect(await inboxRows(database)).toHaveLength(1);
});

test('the same key from another provider is another webhook', async () => {
  const { database } = await testStore();
  await receiveWebhook({ database, clock }, sourceOf({}), deliveryOf('{}'));
  const other = sourceOf({ provider: 'other' });
  expect(await receiveWebhook({ database, clock }, other, deliveryOf('{}'))).toBe('stored');
});

test.each([
  ['signature_invalid', 'webhook_signature_invalid'],
  ['malformed', 'webhook_malformed'],
] as const)('what is %s is refused as %s and not stored', async (kind, code) => {
  const { database } = await testStore();
  const source = sourceOf({ verdict: { kind, reason: 'for the test' } });
  await expect(receiveWebhook({ database, clock }, source, deliveryOf('{}'))).rejects.toMatchObject({ code });
  expect(await inboxRows(database)).toEqual([]);
});

test('what cannot be verified now is not stored, and the sender hears so', async () => {
  const { database } = await testStore();
  const source = { ...sourceOf({}), verify: () => Promise.reject(new DropError('provider_unavailable')) };
  await expect(receiveWebhook({ database, clock }, source, deliveryOf('{}'))).rejects.toMatchObject({
    code: 'provider_unavailable',
  });
  expect(await inboxRows(database)).toEqual([]);
});

test('without a database it is database_unavailable, upon which the sender tries again', async () => {
  const { database } = openStore('postgres://nobody@127.0.0.1:1/nothing');
  await expect(receiveWebhook({ database, clock }, sourceOf({}), deliveryOf('{}'))).rejects.toMatchObject({
    code: 'database_unavailable',
  });
});
