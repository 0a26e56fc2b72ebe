import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { Kysely } from 'kysely';
import { keptAtOtherProviders, type KeptAtProvider } from '#store/kept-at-providers.ts';
import { insertConnection } from '#store/bank-connections.ts';
import { oweEnd } from '#store/consents-to-end.ts';
import type { Schema } from '#store/schema.ts';
import { payingCustomer, type PayingCustomer } from '../http/paying-customer.ts';

const provider = 'gone-pay';
const now = new Date('2026-11-29T12:00:00Z');
const pendingSince = new Date('2026-11-28T12:00:00Z');

let paying: PayingCustomer;
let database: Kysely<Schema>;

/** A customer with one active consent. */
beforeEach(async () => {
  paying = await payingCustomer();
  ({ database } = paying.context.store);
});

const kept = (live: readonly string[] = []): Promise<KeptAtProvider[]> =>
  keptAtOtherProviders(database, { live, now, pendingSince });

async function consentWith(change: Partial<Record<'status' | 'valid_until' | 'created_at', unknown>>) {
  await database
    .updateTable('bank_connections')
    .set({ provider, ...(change as object) })
    .execute();
}

async function paymentWith(change: Partial<Record<'status' | 'due_at', unknown>>): Promise<void> {
  const form = { amount: { amount: 1_000, currency: 'NOK' }, accountId: paying.accountId };
  const creditor = { name: 'Nordlys Strøm AS', accountNumber: '95360573002' };
  const { status } = await paying.ask('POST', '/api/payments', { ...form, creditor });
  expect(status).toBe(201);
  await database
    .updateTable('transactions')
    .set({ provider, ...(change as object) })
    .execute();
  await consentWith({ status: 'revoked' });
}

test('what is kept at live providers is not looked for', async () => {
  await consentWith({ status: 'active', valid_until: null });
  expect(await kept([provider])).toEqual([]);
});

test.each([
  ['an active consent', { status: 'active', valid_until: new Date('2026-12-01') }, 1],
  ['an active consent whose time has passed', { status: 'active', valid_until: new Date('2026-11-01') }, 0],
  ['a consent that was begun today', { status: 'pending', created_at: new Date('2026-11-29') }, 1],
  ['a consent that was abandoned', { status: 'pending', created_at: new Date('2026-11-20') }, 0],
  ['a revoked consent', { status: 'revoked', valid_until: new Date('2026-12-01') }, 0],
])('%s counts only while it can be used', async (_what, change, count) => {
  await consentWith(change);
  expect(await kept(['live-pay'])).toEqual(count === 0 ? [] : [{ provider, consents: 1, payments: 0 }]);
});

test('a withdrawn consent counts while it is still to be ended at the provider', async () => {
  await consentWith({ status: 'revoked', valid_until: new Date('2026-12-01') });
  const { id } = await database.selectFrom('bank_connections').select('id').executeTakeFirstOrThrow();
  await oweEnd(database, id, { at: now, dueAt: now });
  expect(await kept(['live-pay'])).toEqual([{ provider, consents: 1, payments: 0 }]);
});

test.each([
  ['an open payment', { status: 'processing', due_at: now }, 1],
  ['a contradicted payment', { status: 'settled', due_at: now }, 1],
  ['a settled payment', { status: 'settled', due_at: null }, 0],
])('%s counts only while it is open', async (_what, change, count) => {
  await paymentWith(change);
  expect(await kept(['live-pay'])).toEqual(count === 0 ? [] : [{ provider, consents: 0, payments: 1 }]);
});

test('each of several providers is named with its counts', async () => {
  await consentWith({ status: 'active', valid_until: null });
  const { user_id: userId } = await database
    .selectFrom('bank_connections')
    .select('user_id')
    .executeTakeFirstOrThrow();
  for (const other of ['a-pay', 'z-pay', 'z-pay']) {
    const id = randomUUID();
    const bank = { provider: other, bankId: 'b', bankName: 'B', paymentBankId: 'b' };
    await insertConnection(database, { id, userId, ...bank, state: id, createdAt: now });
  }
  expect(await kept()).toEqual([
    { provider: 'a-pay', consents: 1, payments: 0 },
    { provider, consents: 1, payments: 0 },
    { provider: 'z-pay', consents: 2, payments: 0 },
  ]);
});

test('what ended at a provider that Drop no longer has is listed, and a consent of it can be put away', async () => {
  await paymentWith({ status: 'settled', due_at: null });
  await consentWith({ status: 'expired' });
  for (const path of [
    '/api/accounts',
    '/api/payments',
    '/api/bank-connections',
    '/api/consents',
    '/api/banks',
  ])
    expect([path, (await paying.ask('GET', path)).status]).toEqual([path, 200]);
  const { id } = await database.selectFrom('bank_connections').select('id').executeTakeFirstOrThrow();
  expect((await paying.ask('DELETE', `/api/bank-connections/${id}`)).status).toBe(204);
});
