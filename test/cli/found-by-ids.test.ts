import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { endToEndIdOf } from '#domain/payment/end-to-end-id.ts';
import { storeWebhooks } from '#store/inbox/inbox.ts';
import { insertCalls } from '#store/outbound-calls.ts';
import { searchCalls } from '#usecases/operate/calls.ts';
import { soughtIds, type NamedIds } from '#usecases/operate/named-ids.ts';
import { searchOutbox } from '#usecases/operate/outbox.ts';
import { searchPayments } from '#usecases/operate/payments/search.ts';
import { searchWebhooks } from '#usecases/operate/webhooks.ts';
import { recordedCall } from '../support/recorded-call.ts';
import { report } from '../usecases/banking/made-up-bank.ts';
import { linkedBank } from '../usecases/payments/linked-bank.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
const [otherUser, otherPayment] = [randomUUID(), randomUUID()];

/** A payment, its calls 1 to 4 and another's call 5; its webhook 1 and another's webhook 2. */
async function world() {
  const { bank, send } = await linkedBank();
  const { context, user, provider } = bank;
  provider.pis.initiatePayment = async () => report({ reference: 'payment-1' });
  const { id } = await send();
  const { database, pool } = context.store;
  await database.updateTable('transactions').set({ traceparent }).execute();
  const startedAt = context.clock.now().toISOString();
  const call = { provider: 'made-up', providerRequestId: null, response: null, startedAt };
  await insertCalls(database, [
    recordedCall({ ...call, paymentId: id }),
    recordedCall({ ...call, traceparent }),
    recordedCall({ ...call, response: { paymentId: 'payment-1' }, requestId: 'request-1' }),
    recordedCall({ ...call, providerRequestId: 'request-1', paymentId: id, userId: user.id }),
    recordedCall({ ...call, paymentId: otherPayment, userId: otherUser, requestId: 'request-2' }),
  ]);
  const webhook = {
    provider: 'made-up',
    eventType: 'e',
    rawBody: Buffer.from('{}'),
    at: context.clock.now(),
  };
  await storeWebhooks(pool, [
    { ...webhook, deduplicationKey: '1', subject: 'payment-1', requestId: 'request-1', traceparent },
    { ...webhook, deduplicationKey: '2', subject: 'payment-2' },
  ]);
  const sought = (named: NamedIds) => soughtIds(context, named, ['made-up']);
  const calls = async (named: NamedIds) =>
    (await searchCalls(context, await sought(named), 10)).entries.map((each) => each.id).toSorted();
  const webhooks = async (named: NamedIds) =>
    (await searchWebhooks(context, await sought(named), 10)).entries.map((each) => each.id);
  return { context, user, id, sought, calls, webhooks };
}

test('the calls of a bank are found by the name that customers know, and no others', async () => {
  const { context } = await world();
  const { database } = context.store;
  const { bank_id: bankId, bank_name: bank } = await database
    .selectFrom('bank_connections')
    .select(['bank_id', 'bank_name'])
    .executeTakeFirstOrThrow();
  await insertCalls(database, [recordedCall({ bankId }), recordedCall({ bankId: 'another' })]);
  expect(bank).not.toBe(bankId);
  const { entries } = await searchCalls(context, { bank: bank.toUpperCase() }, 10);
  expect(entries.map((each) => each.id)).toEqual([6]);
});

test('the calls of a payment, a customer, a trace and a request are found', async () => {
  const { user, id, calls } = await world();
  for (const payment of [id, endToEndIdOf(id), 'payment-1'])
    expect(await calls({ payment })).toEqual([1, 2, 3, 4]);
  expect(await calls({ user: user.id })).toEqual([4]);
  expect(await calls({ trace: traceId })).toEqual([2]);
  expect(await calls({ requestId: 'request-1' })).toEqual([3, 4]);
});

test('the webhooks of a payment, a customer, a trace and a request are found', async () => {
  const { user, id, webhooks } = await world();
  for (const named of [{ payment: id }, { user: user.id }, { trace: traceId }, { requestId: 'request-1' }])
    expect(await webhooks(named), JSON.stringify(named)).toEqual([1]);
});

test('the payment that a trace began is found, and messages by their payment', async () => {
  const { context, id, sought } = await world();
  const { entries } = await searchPayments(context, { traceId }, 10);
  expect(entries.map((each) => each.id)).toEqual([id]);
  expect((await searchPayments(context, { traceId: '0'.repeat(32) }, 10)).entries).toEqual([]);
  const { payment } = await sought({ payment: id });
  await context.store.database
    .insertInto('outbox')
    .values(
      [id, otherPayment].map((paymentId) => ({
        ...({
          id: randomUUID(),
          channel: 'app',
          recipient: 'user:x',
          code: 'made_up',
          status: 'delivered',
        } as const),
        parameters: JSON.stringify({ paymentId }),
        created_at: context.clock.now(),
      })),
    )
    .execute();
  expect((await searchOutbox(context, { paymentId: payment?.id }, 10)).entries).toHaveLength(1);
});

test.each([
  ['payment', { payment: 'payment-3' }, 'There is no payment payment-3.'],
  ['customer', { user: otherUser }, `There is no customer ${otherUser}.`],
])('an unknown %s is said and is no empty result', async (_noun, named, message) => {
  const { sought } = await world();
  await expect(sought(named)).rejects.toMatchObject({ code: 'not_found', message });
});
