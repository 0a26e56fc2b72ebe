import { expect, onTestFinished, test } from 'vitest';
import { createBreakerSync } from '#process/breaker-sync.ts';
import { subscribeToChanges } from '#process/wiring.ts';
import { openStore } from '#store/database.ts';
import { testContext } from '../support/context.ts';
import { testStore } from '../support/database.ts';

/** PostgreSQL announces within a database, so a connection to another one hears nothing, as behind a pooler. */
async function deafProcess() {
  const hearing = await testContext();
  const elsewhere = await testStore();
  const store = openStore(hearing.store.url, { directUrl: elsewhere.url });
  onTestFinished(() => store.close());
  const context = { ...hearing, store };
  let missed = 0;
  const subscription = subscribeToChanges(context, {
    webhookSources: [],
    onDropped: () => undefined,
    onWebhookHandled: () => undefined,
    alerting: { wake: () => undefined },
    changeFeed: { publish: () => undefined, missed: () => (missed += 1) },
    breakers: createBreakerSync({ store, outbounds: () => [], entropy: context.entropy }),
  });
  onTestFinished(() => subscription.stop());
  return { context, subscription, missed: () => missed };
}

test('a process that hears no announcements says so once, and has its customers read again', async () => {
  const { context, subscription, missed } = await deafProcess();
  const { clock, logged } = context;
  await expect.poll(() => (clock.advance(5_000), missed())).toBeGreaterThan(3);
  expect(subscription.isHearing()).toBe(false);
  const warnings = logged.filter(({ message }) => message.startsWith('announcements of other processes'));
  expect(warnings).toMatchObject([
    { level: 'warn', details: { advice: expect.stringContaining('DATABASE_DIRECT_URL') as unknown } },
  ]);
});
