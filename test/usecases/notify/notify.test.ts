import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { notify } from '#usecases/notify/notify.ts';
import { customer, testContext, type TestContext } from '../../support/context.ts';

async function rows(context: TestContext) {
  return context.store.database
    .selectFrom('outbox')
    .select(['channel', 'recipient', 'user_id', 'code', 'parameters', 'status', 'due_at'])
    .orderBy('sequence')
    .execute();
}

async function withAddress(context: TestContext, userId: string, status: 'verified' | 'unverified') {
  const at = context.clock.now();
  await context.store.database
    .insertInto('email_addresses')
    .values({ id: randomUUID(), user_id: userId, address: 'kari@example.no', status, created_at: at })
    .execute();
}

async function settled(context: TestContext, userId: string, paymentId: string, occasion?: string) {
  await context.store.database.transaction().execute((transaction) =>
    notify(context, transaction, {
      userId,
      code: 'payment_settled',
      parameters: { paymentId },
      ...(occasion === undefined ? {} : { occasion }),
    }),
  );
}

test('a notice is one entry in the app, delivered by being written', async () => {
  const context = await testContext();
  const { id } = await customer(context);
  await settled(context, id, 'p1');
  expect(await rows(context)).toEqual([
    {
      channel: 'app',
      recipient: `user:${id}`,
      user_id: id,
      code: 'payment_settled',
      parameters: { paymentId: 'p1' },
      status: 'delivered',
      due_at: null,
    },
  ]);
});

test('a customer with a verified address gets a mail as well', async () => {
  const context = await testContext();
  const { id } = await customer(context);
  await withAddress(context, id, 'verified');
  await settled(context, id, 'p1');
  expect(await rows(context)).toMatchObject([
    { channel: 'app', status: 'delivered' },
    { channel: 'mail', status: 'waiting', due_at: context.clock.now() },
  ]);
});

test('an address that is not verified gets no mail', async () => {
  const context = await testContext();
  const { id } = await customer(context);
  await withAddress(context, id, 'unverified');
  await settled(context, id, 'p1');
  expect(await rows(context)).toMatchObject([{ channel: 'app' }]);
});

test('one occasion gives one notice, however often it is reported', async () => {
  const context = await testContext();
  const { id } = await customer(context);
  await withAddress(context, id, 'verified');
  await Promise.all([1, 2, 3].map(() => settled(context, id, 'p1', 'p1')));
  expect(await rows(context)).toHaveLength(2);
});

test('the occasion of one customer is no occasion of another', async () => {
  const context = await testContext();
  const [one, other] = [await customer(context), await customer(context)];
  await settled(context, one.id, 'p1', 'p1');
  await settled(context, other.id, 'p1', 'p1');
  expect(await rows(context)).toHaveLength(2);
});

test('nothing is told if the transaction does not commit', async () => {
  const context = await testContext();
  const { id } = await customer(context);
  const work = context.store.database.transaction().execute(async (transaction) => {
    await notify(context, transaction, {
      userId: id,
      code: 'payment_settled',
      parameters: { paymentId: 'p1' },
    });
    throw new Error('rolled back');
  });
  await expect(work).rejects.toThrow('rolled back');
  expect(await rows(context)).toEqual([]);
});
