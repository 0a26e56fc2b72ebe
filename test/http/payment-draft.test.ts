import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { PaymentDraft } from '#http/contract/payment-draft.ts';
import { purgeDrafts } from '#jobs/purge.ts';
import { saveDraft } from '#store/payment-drafts.ts';
import { findUser } from '#store/users.ts';
import { keepDraft } from '#usecases/payments/draft.ts';
import { signedIn, testApp } from '../support/http-app.ts';
import { testContext, type TestContext } from '../support/context.ts';
import { waitingForLocks } from '../support/waiting-for-locks.ts';
import { payingCustomer } from './paying-customer.ts';

const dayMs = 86_400_000;
const path = '/api/payment-draft';
const begun: PaymentDraft = {
  accountId: '',
  accountNumber: '1503 20',
  name: 'Strøm',
  amount: '12 450,',
  referenceKind: 'text',
  kid: '',
  text: 'Takk 😀',
  idempotencyKey: randomUUID(),
};

async function stand() {
  const customer = await payingCustomer();
  const { ask, context } = customer;
  return {
    ...customer,
    draft: async () => (await ask('GET', path)).body['draft'],
    stored: () => context.store.database.selectFrom('payment_drafts').selectAll().executeTakeFirst(),
  };
}

/** The customer's only session. */
async function sessionOf({ store: { database } }: TestContext) {
  const { id, user_id: userId } = await database
    .selectFrom('sessions')
    .select(['id', 'user_id'])
    .executeTakeFirstOrThrow();
  const user = await findUser(database, userId);
  if (!user) throw new RangeError('the session has a customer');
  return { id, userId, user };
}

test('a draft is kept as it was typed, and is encrypted in the database', async () => {
  const { ask, draft, stored } = await stand();
  expect(await draft()).toBeNull();
  expect((await ask('PUT', path, begun)).status).toBe(204);
  expect(await draft()).toEqual(begun);
  const sealed = (await stored())?.sealed ?? '';
  expect(sealed).toMatch(/^v1\.demo\./);
  expect(JSON.stringify(await stored())).not.toContain('Strøm');
});

test('a draft says when to pay, and one of an earlier client does not', async () => {
  const { ask, draft } = await stand();
  const planned = { ...begun, when: 'on', date: '2026-12-24', instant: false };
  expect((await ask('PUT', path, planned)).status).toBe(204);
  expect(await draft()).toEqual(planned);
  expect(await ask('PUT', path, { ...begun, when: 'later' })).toMatchObject({ status: 400 });
});

test('the last of several drafts is kept', async () => {
  const { ask, draft } = await stand();
  await ask('PUT', path, begun);
  await ask('PUT', path, { ...begun, amount: '250' });
  expect(await draft()).toMatchObject({ amount: '250' });
});

test('a draft is another customer’s in no way', async () => {
  const { ask, context } = await stand();
  await ask('PUT', path, begun);
  const { headers } = await signedIn(context);
  const answer = await testApp(context).request(path, { headers });
  expect(await answer.json()).toEqual({ draft: null });
});

test('a draft is neither read nor kept without a session', async () => {
  const app = testApp(await testContext());
  for (const method of ['GET', 'PUT', 'DELETE']) {
    const body = method === 'PUT' ? { body: JSON.stringify(begun) } : {};
    const headers = { 'content-type': 'application/json' };
    expect((await app.request(path, { method, headers, ...body })).status).toBe(401);
  }
});

test('a draft of another form is refused', async () => {
  const { ask } = await stand();
  for (const odd of [{}, { ...begun, more: 1 }, { ...begun, name: 'a'.repeat(1_001) }])
    expect(await ask('PUT', path, odd)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
});

test('a draft ends when it is discarded', async () => {
  const { ask, draft } = await stand();
  await ask('PUT', path, begun);
  expect((await ask('DELETE', path)).status).toBe(204);
  expect(await draft()).toBeNull();
});

test('a draft ends with the payment that it becomes', async () => {
  const { ask, accountId, draft } = await stand();
  await ask('PUT', path, begun);
  const amount = { amount: 25_000, currency: 'NOK' };
  const creditor = { name: 'Strøm AS', accountNumber: '15032080178' };
  expect((await ask('POST', '/api/payments', { accountId, amount, creditor })).status).toBe(201);
  expect(await draft()).toBeNull();
});

test('a draft outlives a payment that was refused', async () => {
  const { ask, accountId, draft } = await stand();
  await ask('PUT', path, begun);
  const amount = { amount: 90_000_000, currency: 'NOK' };
  const creditor = { name: 'Strøm AS', accountNumber: '15032080178' };
  expect((await ask('POST', '/api/payments', { accountId, amount, creditor })).status).toBe(422);
  expect(await draft()).toEqual(begun);
});

for (const signOut of ['/api/auth/logout', '/api/auth/logout-everywhere']) {
  test(`a draft ends with a sign-out by ${signOut}`, async () => {
    const { ask, stored } = await stand();
    await ask('PUT', path, begun);
    expect((await ask('POST', signOut)).status).toBe(204);
    expect(await stored()).toBeUndefined();
  });
}

test('a draft that is written beside a sign-out ends with it', async () => {
  const { ask, context, stored } = await stand();
  const { database } = context.store;
  const session = await sessionOf(context);
  const { rows, signedOut } = await database.transaction().execute(async (transaction) => {
    await saveDraft(transaction, session, { stored: 'sealed', savedAt: context.clock.now() });
    const ending = ask('POST', '/api/auth/logout');
    await expect.poll(() => waitingForLocks(context)).toBe(1);
    return { rows: await database.selectFrom('sessions').select('id').execute(), signedOut: { ending } };
  });
  expect(rows).toEqual([{ id: session.id }]);
  expect((await signedOut.ending).status).toBe(204);
  expect(await stored()).toBeUndefined();
});

test('a draft whose session has ended meanwhile is refused', async () => {
  const { ask, context, stored } = await stand();
  const session = await sessionOf(context);
  await ask('POST', '/api/auth/logout');
  const late = keepDraft(context, session, JSON.stringify(begun));
  await expect(late).rejects.toMatchObject({ code: 'not_signed_in' });
  expect(await stored()).toBeUndefined();
});

test('a draft stays when a session ends because the customer was inactive, and the session ends', async () => {
  const { ask, stored } = await stand();
  await ask('PUT', path, begun);
  expect((await ask('POST', '/api/auth/logout?reason=idle')).status).toBe(204);
  expect(await stored()).toBeDefined();
  expect((await ask('GET', '/api/me')).status).toBe(401);
});

test('a sign-out for a reason that is not known is refused, and the session stays', async () => {
  const { ask } = await stand();
  expect((await ask('POST', '/api/auth/logout?reason=tired')).status).toBe(400);
  expect((await ask('GET', '/api/me')).status).toBe(200);
});

test('a draft ends with a sign-out of the device itself in the list of devices', async () => {
  const { ask, stored } = await stand();
  await ask('PUT', path, begun);
  const { devices } = (await ask('GET', '/api/devices')).body as { devices?: { id: string }[] };
  expect((await ask('DELETE', `/api/devices/${devices?.[0]?.id}`)).status).toBe(204);
  expect(await stored()).toBeUndefined();
});

test('a draft ends a day after it was last saved', async () => {
  const { ask, context, draft, stored } = await stand();
  await ask('PUT', path, begun);
  context.clock.advance(dayMs / 50);
  expect(await draft()).toEqual(begun);
  await context.store.database
    .updateTable('payment_drafts')
    .set({ saved_at: new Date(context.clock.now().getTime() - dayMs) })
    .execute();
  expect(await draft()).toBeNull();
  await purgeDrafts(context);
  expect(await stored()).toBeUndefined();
});

test('a draft that does not open is no draft, and the log does not hold it', async () => {
  const { ask, context, draft } = await stand();
  await ask('PUT', path, begun);
  const sealed = context.sealer.seal('{}', { table: 'payment_drafts', column: 'sealed', row: randomUUID() });
  await context.store.database.updateTable('payment_drafts').set({ sealed }).execute();
  expect(await draft()).toBeNull();
  expect(context.logged.map(({ message }) => message)).toContain('a draft does not open');
  expect(JSON.stringify(context.logged)).not.toContain(sealed);
});
