import { expect, test } from 'vitest';
import { claimWebhooks, storeWebhooks, webhookFailed } from '#store/inbox/inbox.ts';
import { listWebhooks, type WebhookFilters } from '#store/inbox/search.ts';
import { testStore } from '../support/database.ts';

const day = (date: number): Date => new Date(`2026-02-${date}T12:00:00Z`);

test('a received webhook shows whether a worker has claimed it', async () => {
  const { database, pool } = await testStore();
  const webhook = { provider: 'sumsub', eventType: 'changed', rawBody: Buffer.from('{}') };
  await storeWebhooks(pool, [
    { ...webhook, deduplicationKey: '1', subject: 'one', at: day(21) },
    { ...webhook, deduplicationKey: '2', subject: 'two', at: day(22) },
  ]);
  await claimWebhooks(database, day(21), { limit: 1, leaseMs: 1 });
  expect(await listWebhooks(database, {}, 10)).toMatchObject([
    { id: 2, inHand: false, attempts: 0 },
    { id: 1, inHand: true, attempts: 1 },
  ]);
});

const filters: [WebhookFilters, number[]][] = [
  [{}, [3, 2, 1]],
  [{ provider: 'sumsub' }, [2, 1]],
  [{ status: 'dead' }, [1]],
  [{ eventType: 'other' }, [2]],
  [{ subject: 'one' }, [3, 1]],
  [{ receivedFrom: day(22) }, [3, 2]],
  [{ receivedTo: day(22) }, [1]],
  [{ idFrom: 2 }, [3, 2]],
  [{ idTo: 2 }, [2, 1]],
  [{ after: 3 }, [2, 1]],
  [{ provider: 'sumsub', subject: 'one' }, [1]],
  [{ provider: 'bank', status: 'dead' }, []],
];

test.each(filters)('webhooks are found by %j', async (filter, ids) => {
  const { database, pool } = await testStore();
  const common = { provider: 'sumsub', eventType: 'changed', rawBody: Buffer.from('{}') };
  await storeWebhooks(pool, [
    { ...common, deduplicationKey: '1', subject: 'one', at: day(21) },
    { ...common, deduplicationKey: '2', subject: 'two', eventType: 'other', at: day(22) },
    { ...common, provider: 'bank', deduplicationKey: '3', subject: 'one', at: day(23) },
  ]);
  const [first] = await claimWebhooks(database, day(21), { limit: 1, leaseMs: 1 });
  if (first) await webhookFailed(database, first, { error: 'internal_error', retryAt: undefined });
  expect((await listWebhooks(database, filter, 10)).map(({ id }) => id)).toEqual(ids);
});
