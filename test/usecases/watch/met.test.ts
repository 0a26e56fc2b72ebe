import { expect, test } from 'vitest';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { secretStateOf } from '#usecases/banking/secret-state.ts';
import { openCondition } from '#usecases/alerts/conditions.ts';
import { alertMissingHashKeys } from '#usecases/operate/national-ids/missing-keys.ts';
import { alertMissingKeys } from '#usecases/operate/encryption-keys.ts';
import { watchMetConditions } from '#usecases/watch/met.ts';
import { newAlerts } from '../../support/alerts.ts';
import { customer, testContext } from '../../support/context.ts';

const access = { kind: 'attended', ipAddress: '127.0.0.1', userAgent: 'test' } as const;
const minuteMs = 60_000;

async function world() {
  const context = await testContext();
  const heard = newAlerts(context);
  return { context, told: async () => (await heard()).map(({ title }) => title) };
}

test('webhooks that are given up are alerted once for their provider, and told as over after an hour', async () => {
  const { context, told } = await world();
  const giveUp = async (provider: string, eventType: string): Promise<void> => {
    const parameters = { provider, eventType, error: 'timeout' };
    await openCondition(context, 'webhook_given_up', { subject: provider, parameters });
  };
  const title = 'A webhook was given up';
  for (const eventType of ['applicantReviewed', 'applicantReset', 'applicantDeleted'])
    await giveUp('sumsub', eventType);
  await giveUp('email', 'payment');
  expect(await told()).toEqual([title, title]);
  await watchMetConditions(context);
  context.clock.advance(59 * minuteMs);
  await giveUp('email', 'payment');
  context.clock.advance(minuteMs);
  await watchMetConditions(context);
  expect(await told()).toEqual([`Over: ${title}`]);
});

test('a missing hash key is alerted once by many starts, and told as over by one that has it', async () => {
  const { context, told } = await world();
  await customer(context);
  const { database } = context.store;
  await database.updateTable('users').set({ national_id_hash_key_id: 'old' }).execute();
  const title = 'A hash key of national identity numbers is not configured';
  await alertMissingHashKeys(context, []);
  context.clock.advance(60 * minuteMs);
  await alertMissingHashKeys(context, []);
  expect(await told()).toEqual([title]);
  const hasher = { ...context.nationalIdentityHasher, keyIds: ['old'] };
  await alertMissingHashKeys({ ...context, nationalIdentityHasher: hasher }, []);
  expect(await told()).toEqual([`Over: ${title}`]);
});

test('a hash key that is said to be lost is no longer missing', async () => {
  const { context, told } = await world();
  await customer(context);
  await context.store.database.updateTable('users').set({ national_id_hash_key_id: 'old' }).execute();
  await alertMissingHashKeys(context, []);
  await told();
  await alertMissingHashKeys(context, ['old']);
  expect(await told()).toEqual(['Over: A hash key of national identity numbers is not configured']);
});

test('a missing encryption key is alerted once by many starts, and told as over by one that has it', async () => {
  const { context, told } = await world();
  const user = await customer(context);
  const { id } = await startConnection(context, user, { bankId: context.bankId, access, locale: 'nb' });
  await secretStateOf(context, { kind: 'consent', id }).change(async () => ({ refreshToken: 'token' }));
  const title = 'An encryption key is not configured';
  const without = { ...context, sealer: { ...context.sealer, keyIds: ['another'] } };
  await alertMissingKeys(without);
  await alertMissingKeys(without);
  expect(await told()).toEqual([title]);
  await alertMissingKeys(context);
  expect(await told()).toEqual([`Over: ${title}`]);
});
