import { expect, test } from 'vitest';
import { purgeEmailAddresses } from '#jobs/purge.ts';
import { removeEmailAddress, setEmailAddress } from '#usecases/email-address/change-address.ts';
import { verifyEmailAddress } from '#usecases/email-address/verify-address.ts';
import { customer, testContext } from '../../support/context.ts';
import { dayMs, lastToken, sendAll } from './stand.ts';

async function stand() {
  const context = await testContext();
  const { id } = await customer(context);
  const { database } = context.store;
  return {
    context,
    id,
    purge: () => purgeEmailAddresses(context),
    addresses: () =>
      database.selectFrom('email_addresses').select(['address', 'status', 'sealed_token']).execute(),
    counts: () => database.selectFrom('verification_mails').selectAll().execute(),
    async verified() {
      await setEmailAddress(context, id, 'kari@example.no');
      await verifyEmailAddress(context, id, await lastToken(context, id));
    },
  };
}

test('a former address is kept until its notice is sent, and no longer', async () => {
  const { context, id, purge, addresses, verified } = await stand();
  await verified();
  await removeEmailAddress(context, id);
  await purge();
  expect(await addresses()).toMatchObject([{ address: 'kari@example.no', status: 'former' }]);
  await sendAll(context);
  await purge();
  expect(await addresses()).toEqual([]);
});

test('a verified address is kept', async () => {
  const { context, purge, addresses, verified } = await stand();
  await verified();
  await sendAll(context);
  context.clock.advance(400 * dayMs);
  await purge();
  expect(await addresses()).toMatchObject([{ status: 'verified' }]);
});

test('the token of a link that has expired is deleted, the address after another thirty days', async () => {
  const { context, id, purge, addresses } = await stand();
  await setEmailAddress(context, id, 'kari@example.no');
  context.clock.advance(dayMs - 1);
  await purge();
  expect(await addresses()).toMatchObject([{ sealed_token: expect.any(String) }]);
  context.clock.advance(1);
  await purge();
  expect(await addresses()).toMatchObject([{ status: 'unverified', sealed_token: null }]);
  context.clock.advance(30 * dayMs);
  await purge();
  expect(await addresses()).toHaveLength(1);
  context.clock.advance(1);
  await purge();
  expect(await addresses()).toEqual([]);
});

test('the counts of mails are deleted when their day is over', async () => {
  const { context, id, purge, counts } = await stand();
  await setEmailAddress(context, id, 'kari@example.no');
  await purge();
  expect(await counts()).toHaveLength(2);
  context.clock.advance(2 * dayMs);
  await purge();
  expect(await counts()).toEqual([]);
});
