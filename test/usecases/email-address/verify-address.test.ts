import { expect, test } from 'vitest';
import { setEmailAddress } from '#usecases/email-address/change-address.ts';
import { verifyEmailAddress } from '#usecases/email-address/verify-address.ts';
import { customer, testContext, type TestContext } from '../../support/context.ts';
import { dayMs, lastToken, state, toldInApp, waitingMails } from './stand.ts';

async function stand() {
  const context = await testContext();
  const { id } = await customer(context);
  await setEmailAddress(context, id, 'kari@example.no');
  const token = await lastToken(context, id);
  return { context, id, token, verify: (by = id, link = token) => verifyEmailAddress(context, by, link) };
}

/** Resolves when so many statements on this database wait for another transaction. */
async function waiting({ store }: TestContext, statements: number): Promise<void> {
  const query = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  while ((await store.pool.query(query)).rowCount !== statements);
}

test('the link verifies the address, and the customer is told in the app', async () => {
  const { context, id, verify } = await stand();
  await verify();
  expect(await state(context, id)).toMatchObject({
    status: 'verified',
    address: 'kari@example.no',
    pendingAddress: null,
  });
  expect(await toldInApp(context, id)).toEqual(['address_verified']);
});

test('the token is forgotten once it is used, and a mail that is still sent leads to the settings', async () => {
  const { context, id, verify } = await stand();
  await verify();
  const row = await context.store.database
    .selectFrom('email_addresses')
    .select('sealed_token')
    .executeTakeFirst();
  expect(row).toEqual({ sealed_token: null });
  expect(await waitingMails(context, id)).toMatchObject([{ path: '/settings' }]);
});

test('the link of another customer is unknown, and stays usable for its own', async () => {
  const { context, id, verify } = await stand();
  const other = await customer(context);
  await setEmailAddress(context, other.id, 'ola@example.no');
  await expect(verify(other.id)).rejects.toMatchObject({ code: 'email_link_unknown' });
  expect(await state(context, other.id)).toMatchObject({ status: 'unverified' });
  await verify();
  expect(await state(context, id)).toMatchObject({ status: 'verified' });
});

test('a made-up token is unknown', async () => {
  const { context, id, verify } = await stand();
  await expect(verify(id, context.entropy.token())).rejects.toMatchObject({ code: 'email_link_unknown' });
});

test('a link is used once', async () => {
  const { context, id, verify } = await stand();
  await verify();
  await expect(verify()).rejects.toMatchObject({ code: 'email_link_used' });
  expect(await toldInApp(context, id)).toEqual(['address_verified']);
});

test('a link is used once also when two tabs open it at the same moment', async () => {
  const { context, id, verify } = await stand();
  const { database } = context.store;
  const answers = await database.transaction().execute(async (transaction) => {
    await transaction.selectFrom('email_addresses').select('id').forUpdate().execute();
    const tabs = Promise.allSettled([verify(), verify()]);
    await waiting(context, 2);
    return { tabs };
  });
  const [first, second] = (await answers.tabs).sort((one, other) => one.status.localeCompare(other.status));
  expect(first).toMatchObject({ status: 'fulfilled' });
  expect(second).toMatchObject({ status: 'rejected', reason: { code: 'email_link_used' } });
  expect(await toldInApp(context, id)).toEqual(['address_verified']);
});

test('a link can be used until a day has passed', async () => {
  const { context, id, verify } = await stand();
  context.clock.advance(dayMs - 1);
  await verify();
  expect(await state(context, id)).toMatchObject({ status: 'verified' });
});

test('a link that is a day old is refused', async () => {
  const { context, id, verify } = await stand();
  context.clock.advance(dayMs);
  await expect(verify()).rejects.toMatchObject({ code: 'email_link_expired' });
  expect(await state(context, id)).toMatchObject({ status: 'unverified' });
});

test('an address that is verified while another is in force replaces it, and the other is told', async () => {
  const { context, id, verify } = await stand();
  await verify();
  await setEmailAddress(context, id, 'kari@example.com');
  await verify(id, await lastToken(context, id));
  expect(await state(context, id)).toMatchObject({ address: 'kari@example.com', pendingAddress: null });
  const [last] = (await waitingMails(context, id)).slice(-1);
  expect(last).toEqual({ code: 'address_replaced', to: 'kari@example.no', path: undefined });
});

test('the link of a replaced address is used, and brings it not back', async () => {
  const { context, id, verify } = await stand();
  await verify();
  await setEmailAddress(context, id, 'kari@example.com');
  await verify(id, await lastToken(context, id));
  await expect(verify()).rejects.toMatchObject({ code: 'email_link_used' });
  expect(await state(context, id)).toMatchObject({ address: 'kari@example.com' });
});

test('two customers may have one address', async () => {
  const { context, id, verify } = await stand();
  const other = await customer(context);
  await setEmailAddress(context, other.id, 'kari@example.no');
  await verify();
  await verify(other.id, await lastToken(context, other.id));
  expect(await state(context, id)).toMatchObject({ status: 'verified' });
  expect(await state(context, other.id)).toMatchObject({ status: 'verified' });
});

test('without the key of its token a mail leads to the settings, and the log says so', async () => {
  const { context, id } = await stand();
  await context.store.database
    .updateTable('email_addresses')
    .set({ sealed_token: 'v1.gone.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' })
    .execute();
  expect(await waitingMails(context, id)).toMatchObject([{ path: '/settings' }]);
  expect(context.logged).toMatchObject([{ message: 'the token of a link does not open' }]);
});
