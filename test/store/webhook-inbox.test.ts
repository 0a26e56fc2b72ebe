import { expect, test } from 'vitest';
import { claimWebhooks, storeWebhook, webhookFailed, webhookHandled } from '#store/webhook-inbox.ts';
import type { Queries } from '#store/database.ts';
import { testStore } from '../support/database.ts';

const at = new Date('2026-02-23T14:30:00Z');
const later = (seconds: number): Date => new Date(at.getTime() + seconds * 1000);
const lease = { limit: 10, leaseMs: 60_000 };

function store(queries: Queries, deduplicationKey: string, subject = 'payment-1'): Promise<boolean> {
  const rawBody = Buffer.from('{}');
  return storeWebhook(queries, {
    provider: 'test',
    deduplicationKey,
    subject,
    eventType: 'changed',
    rawBody,
    at,
  });
}

test('a webhook that comes twice is stored once', async () => {
  const { database } = await testStore();
  expect(await store(database, 'a')).toBe(true);
  expect(await store(database, 'a')).toBe(false);
  expect(await claimWebhooks(database, at, lease)).toHaveLength(1);
});

test('a claimed webhook is not claimed again while the lease lasts, and is after it', async () => {
  const { database } = await testStore();
  await store(database, 'a');
  expect(await claimWebhooks(database, at, lease)).toHaveLength(1);
  expect(await claimWebhooks(database, later(59), lease)).toHaveLength(0);
  expect(await claimWebhooks(database, later(60), lease)).toHaveLength(1);
});

test('webhooks of one subject are handed out one after the other, those of others beside them', async () => {
  const { database } = await testStore();
  await store(database, 'a', 'payment-1');
  await store(database, 'b', 'payment-1');
  await store(database, 'c', 'payment-2');
  const first = await claimWebhooks(database, at, lease);
  expect(first.map(({ subject }) => subject).sort()).toEqual(['payment-1', 'payment-2']);
  for (const { id } of first) await webhookHandled(database, id, at);
  expect(await claimWebhooks(database, at, lease)).toHaveLength(1);
});

test('a webhook that failed waits for its time, and a dead one does not come back', async () => {
  const { database } = await testStore();
  await store(database, 'a');
  const [claimed] = await claimWebhooks(database, at, lease);
  await webhookFailed(database, claimed?.id ?? '', { error: 'provider_unavailable', retryAt: later(5) });
  expect(await claimWebhooks(database, later(4), lease)).toHaveLength(0);
  expect(await claimWebhooks(database, later(5), lease)).toHaveLength(1);
  await webhookFailed(database, claimed?.id ?? '', { error: 'provider_unavailable', retryAt: undefined });
  expect(await claimWebhooks(database, later(3600), lease)).toHaveLength(0);
});

test('two processes that claim at once share the webhooks', async () => {
  const { database } = await testStore();
  for (let number = 0; number < 20; number += 1) await store(database, `${number}`, `payment-${number}`);
  const claims = await Promise.all([claimWebhooks(database, at, lease), claimWebhooks(database, at, lease)]);
  const ids = claims.flat().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBe(20);
});
