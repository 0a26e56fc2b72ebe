import { expect, test } from 'vitest';
import { DropError } from '#domain/errors.ts';
import { ageUnanswered } from '#sandbox/stage/unanswered.ts';
import { findPayment } from '#store/payments.ts';
import { reconcileDuePayments } from '#usecases/payments/reconcile-due.ts';
import { report } from '../usecases/banking/made-up-bank.ts';
import { linkedBank } from '../usecases/payments/linked-bank.ts';

async function sent(initiatePayment: () => Promise<ReturnType<typeof report>>) {
  const { bank, send } = await linkedBank();
  const { context } = bank;
  bank.provider.pis.initiatePayment = initiatePayment;
  const { id } = await send();
  return {
    age: () => ageUnanswered(context.store.database, context.clock.now()),
    read: () => reconcileDuePayments(context),
    status: async () => (await findPayment(context.store.database, { id }))?.status,
  };
}

test('a payment that no bank answered has expired once it is made old', async () => {
  const { age, read, status } = await sent(() =>
    Promise.reject(new DropError('payment_outcome_unknown', { outcome: 'unknown' })),
  );
  await read();
  expect(await status()).toBe('unknown');
  expect(await age()).toBe(1);
  await read();
  expect(await status()).toBe('expired');
});

test('a payment that the bank has is not made old', async () => {
  const { age, status } = await sent(async () => report());
  expect(await age()).toBe(0);
  expect(await status()).toBe('awaiting_authorisation');
});
