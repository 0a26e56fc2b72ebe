import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '#store/database.ts';
import { raise } from '#usecases/alerts/raise.ts';
import { raisedAlerts } from '../../support/alerts.ts';
import { alertStand } from './stand.ts';

const parameters = { userId: 'a' };

test('an alert of a transaction that is rolled back is none', async () => {
  const { context } = await alertStand();
  const failing = context.store.database.transaction().execute(async (transaction) => {
    await raise(context, 'customer_rejected', parameters, transaction);
    throw new RangeError('rolled back');
  });
  await expect(failing).rejects.toThrow('rolled back');
  expect(await raisedAlerts(context)).toEqual([]);
});

test('an alert of a transaction is there when it commits', async () => {
  const { context } = await alertStand();
  await context.store.database
    .transaction()
    .execute((transaction) => raise(context, 'customer_rejected', parameters, transaction));
  expect(await raisedAlerts(context)).toMatchObject([{ severity: 'critical' }]);
});

test('an alert whose database is gone is sent from memory', async () => {
  const { context, slack, shown } = await alertStand();
  const store = openStore('postgres://drop@127.0.0.1:1/drop');
  onTestFinished(() => store.close());
  await raise({ ...context, store }, 'customer_rejected', parameters);
  await expect.poll(() => shown()).toEqual([expect.stringContaining('User a was approved')]);
  expect(slack.texts()).toHaveLength(1);
});

test('an alert whose database does not answer is sent from memory after two seconds', async () => {
  const { context, slack, shown } = await alertStand();
  // The pool is exhausted, so that the statement waits for a connection.
  const held = await Promise.all(Array.from({ length: 20 }, () => context.store.pool.connect()));
  const raised = raise(context, 'customer_rejected', parameters);
  await slack.clock.putOffBy(2_000);
  slack.clock.advance(2_000);
  await raised;
  await expect.poll(() => shown()).toHaveLength(1);
  for (const client of held) client.release();
});

test('secrets and personal data in an alert are not stored', async () => {
  const { context } = await alertStand();
  await raise(context, 'unhandled_exception', { error: 'of 01815000117, Bearer abcdefghijk' });
  const [row] = await context.store.database.selectFrom('outbox').select('parameters').execute();
  expect(row?.parameters).toEqual({ error: 'of [national number], Bearer [token]' });
});

test('an alert stores the parameters of its kind as JSON', async () => {
  const { context } = await alertStand();
  await raise(context, 'encryption_key_missing', { missing: [{ keyId: '1', where: 'a.b', texts: 2 }] });
  const [row] = await context.store.database.selectFrom('outbox').selectAll().execute();
  expect(row).toMatchObject({
    channel: 'alert',
    recipient: 'operators',
    code: 'encryption_key_missing',
    parameters: { missing: [{ keyId: '1', where: 'a.b', texts: 2 }] },
    user_id: null,
    status: 'waiting',
  });
});

test('an alert with text that PostgreSQL cannot store does not break its transaction', async () => {
  const { context } = await alertStand();
  const report = { paymentId: 'p', wireStatus: 'A\0B\ud800', differences: [] };
  await context.store.database
    .transaction()
    .execute((transaction) => raise(context, 'another_order', report, transaction));
  expect((await raisedAlerts(context))[0]?.message).toContain('AB\ufffd');
});
