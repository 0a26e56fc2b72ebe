import { expect, test } from 'vitest';
import { paymentStatuses } from '#domain/payment/status.ts';
import { remindOfPayments } from '#usecases/payments/remind.ts';
import { report } from '../banking/made-up-bank.ts';
import { codesTold, told } from '../notify/told.ts';
import { copyPayment } from '../../support/copied-payments.ts';
import { linkedBank } from './linked-bank.ts';

const ordered = new Date('2026-02-20T12:00:00Z');

/** A customer at 15:30 in Norway on 23 February, and a way to order payments for a later day. */
async function customer() {
  const { bank, send } = await linkedBank();
  const { context, user } = bank;
  bank.provider.pis.initiatePayment = async () => report();
  const { id } = await send();
  const order = (change: Partial<Parameters<typeof copyPayment>[2]> = {}) =>
    copyPayment(context.store.database, id, {
      status: 'scheduled',
      execution_date: '2026-02-24',
      created_at: ordered,
      due_at: ordered,
      ...change,
    });
  return { context, order, codes: () => codesTold(context, user.id), userId: user.id };
}

test('a payment that the bank carries out tomorrow is told once', async () => {
  const { context, order, userId } = await customer();
  const paymentId = await order();
  await Promise.all([remindOfPayments(context), remindOfPayments(context)]);
  context.clock.advance(3_600_000);
  await remindOfPayments(context);
  expect(await told(context, userId)).toEqual([{ code: 'payment_due_tomorrow', parameters: { paymentId } }]);
});

test('each of more payments than one batch has is told', async () => {
  const { context, order, codes } = await customer();
  for (let count = 0; count < 5; count += 1) await order();
  await remindOfPayments(context, undefined, 2);
  expect(await codes()).toHaveLength(5);
});

test.each([
  ['for another day', { execution_date: '2026-02-25' }],
  ['for no day', { execution_date: null }],
  ['that was ordered today', { created_at: new Date('2026-02-22T23:00:00Z') }],
])('a payment %s is not told', async (_, change) => {
  const { context, order, codes } = await customer();
  await order(change);
  await remindOfPayments(context);
  expect(await codes()).toEqual([]);
});

test('only a payment that is approved and not over is told', async () => {
  const { context, order, userId } = await customer();
  const ids = new Map<string, string>();
  for (const status of paymentStatuses) ids.set(await order({ status }), status);
  await remindOfPayments(context);
  const statuses = (await told(context, userId)).map(({ parameters }) =>
    ids.get(String(parameters['paymentId'])),
  );
  expect(statuses.sort()).toEqual(['authorised', 'scheduled']);
});

test('a payment that is over is not looked at, whatever its status', async () => {
  const { context, order, codes } = await customer();
  await order({ due_at: null });
  await remindOfPayments(context);
  expect(await codes()).toEqual([]);
});

test('nobody is told at night in Norway', async () => {
  const { context, order, codes } = await customer();
  const told = async (): Promise<string[]> => {
    await remindOfPayments(context);
    return codes();
  };
  await order();
  await order({ execution_date: '2026-02-25' });
  context.clock.advance(Date.parse('2026-02-23T20:00:00Z') - context.clock.now().getTime());
  expect(await told()).toEqual([]);
  context.clock.advance(12 * 3_600_000 - 1);
  expect(await told()).toEqual([]);
  context.clock.advance(1);
  expect(await told()).toEqual(['payment_due_tomorrow']);
});
