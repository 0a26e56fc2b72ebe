import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { purgeMessages } from '#jobs/purge.ts';
import type { OutboxChannel, OutboxStatus } from '#store/tables/messages.ts';
import { takeMailAttempt } from '#store/outbox/mail-rates.ts';
import { testContext, type TestContext } from '../support/context.ts';

const dayMs = 86_400_000;

async function insert({ store, clock }: TestContext, channel: OutboxChannel, status: OutboxStatus) {
  await store.database
    .insertInto('outbox')
    .values({
      id: randomUUID(),
      channel,
      recipient: 'operators',
      code: 'made_up',
      parameters: '{}',
      created_at: clock.now(),
      status,
    })
    .execute();
}

async function afterDays(channel: OutboxChannel, status: OutboxStatus, days: number): Promise<number> {
  const context = await testContext();
  await insert(context, channel, status);
  context.clock.advance(days * dayMs + 1);
  await purgeMessages(context, new AbortController().signal);
  return (await context.store.database.selectFrom('outbox').select('id').execute()).length;
}

test.each([
  ['app', 'delivered', 396],
  ['mail', 'delivered', 90],
  ['mail', 'skipped', 90],
  ['mail', 'dead', 396],
  ['alert', 'delivered', 90],
  ['alert', 'dead', 396],
] as const)('a message by %s that is %s is kept for %i days', async (channel, status, days) => {
  expect(await afterDays(channel, status, days - 1)).toBe(1);
  expect(await afterDays(channel, status, days)).toBe(0);
});

test('a message that waits is kept', async () => {
  expect(await afterDays('mail', 'waiting', 1_000)).toBe(1);
});

test('the counts by which mails are paced are deleted', async () => {
  const context = await testContext();
  const attempt = () => ({ server: 'primary', at: context.clock.now(), perSecondMax: 100 });
  await takeMailAttempt(context.store.database, attempt());
  context.clock.advance(3_600_001);
  await takeMailAttempt(context.store.database, attempt());
  await purgeMessages(context, new AbortController().signal);
  const left = await context.store.database.selectFrom('mail_rates').select('attempts').execute();
  expect(left).toHaveLength(1);
});
