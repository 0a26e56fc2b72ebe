import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Store } from '#store/database.ts';
import { claimEntries, putOffEntry, settleEntry } from '#store/outbox/claims.ts';
import { addEntries } from '#store/outbox/entries.ts';
import { testStore } from '../../support/database.ts';

const now = new Date('2026-02-23T14:30:00Z');
const after = (ms: number): Date => new Date(now.getTime() + ms);
const leaseMs = 45_000;

async function add(store: Store, code: string, recipient = 'operators'): Promise<void> {
  await addEntries(store.database, [
    { id: randomUUID(), channel: 'mail', recipient, code, parameters: {}, at: now },
  ]);
}

const codesKnown = ['a1', 'a2', 'b1', ...Array.from({ length: 20 }, (_, number) => `m${number}`)];

function claim(store: Store, at = now, limit = 10) {
  const options = { channel: 'mail', codes: codesKnown, limit, leaseMs, claim: randomUUID() } as const;
  return claimEntries(store.database, at, options);
}

const codes = (entries: readonly { code: string }[]): string[] => entries.map(({ code }) => code).toSorted();

test('of each recipient the oldest message is claimed', async () => {
  const store = await testStore();
  for (const code of ['a1', 'a2']) await add(store, code, 'user:a');
  await add(store, 'b1', 'user:b');
  expect(codes(await claim(store))).toEqual(['a1', 'b1']);
});

test('a message in hand holds back the next to its recipient', async () => {
  const store = await testStore();
  for (const code of ['a1', 'a2']) await add(store, code, 'user:a');
  const [first] = await claim(store);
  expect(await claim(store)).toEqual([]);
  if (first) await settleEntry(store.database, first, { status: 'delivered', at: now });
  expect(codes(await claim(store))).toEqual(['a2']);
});

test('a message that is put off holds back the next to its recipient', async () => {
  const store = await testStore();
  for (const code of ['a1', 'a2']) await add(store, code, 'user:a');
  const [first] = await claim(store);
  if (first) await putOffEntry(store.database, first, { dueAt: after(60_000), error: 'later' });
  expect(await claim(store, after(59_999))).toEqual([]);
  expect(await claim(store, after(60_000))).toMatchObject([{ code: 'a1', attempts: 2 }]);
});

test('of two processes one gets a message', async () => {
  const store = await testStore();
  for (let number = 0; number < 20; number += 1) await add(store, `m${number}`, `user:${number}`);
  const claimed = await Promise.all([claim(store, now, 20), claim(store, now, 20), claim(store, now, 20)]);
  expect(claimed.flat()).toHaveLength(20);
});

test('a message whose process died is due again when the lease ends', async () => {
  const store = await testStore();
  await add(store, 'a1');
  await claim(store);
  expect(await claim(store, after(leaseMs - 1))).toEqual([]);
  expect(await claim(store, after(leaseMs))).toMatchObject([{ code: 'a1', attempts: 2 }]);
});

test('a process that lost its claim settles nothing', async () => {
  const store = await testStore();
  await add(store, 'a1');
  const [lost] = await claim(store);
  const [held] = await claim(store, after(leaseMs));
  if (!lost || !held) throw new Error('both claims were given');
  expect(await settleEntry(store.database, lost, { status: 'dead', at: now })).toBe(false);
  await putOffEntry(store.database, lost, { dueAt: now });
  expect(await claim(store, after(leaseMs))).toEqual([]);
  expect(await settleEntry(store.database, held, { status: 'delivered', at: now })).toBe(true);
});

test('a message of another version waits for that version, and holds back no other', async () => {
  const store = await testStore();
  for (const code of ['of_tomorrow', 'a1', 'a2']) await add(store, code, 'user:a');
  expect(codes(await claim(store))).toEqual(['a1']);
  expect(await claim(store)).toEqual([]);
});
