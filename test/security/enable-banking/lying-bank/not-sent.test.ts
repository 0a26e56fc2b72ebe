import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { endToEndIdOf } from '#domain/payment/order.ts';
import { listPayments, type Payment } from '#store/payments.ts';
import { initiationAs, LyingBank } from './world.ts';
import { paymentKey } from '../../../support/provider-keys.ts';
import { whileTimePasses } from '../../../support/while-time-passes.ts';

/** Answered before the bank is asked: nothing reaches the emulator. */
const refusedBefore = (bank: LyingBank, status: number, error: string): void => {
  bank.lie(initiationAs({ status, headers: { 'retry-after': '7' }, json: { error } }));
};

test.each([
  [429, 'RATE_LIMIT', 'provider_rate_limited'],
  [429, 'ASPSP_RATE_LIMIT_EXCEEDED', 'bank_rate_limited'],
  [400, 'ASPSP_RATE_LIMIT_EXCEEDED', 'bank_rate_limited'],
  [401, 'UNAUTHORIZED_ACCESS', 'provider_rejected_credentials'],
])('a payment answered %i %s was not sent, and the same key tries again', async (status, error, code) => {
  const bank = await LyingBank.start();
  refusedBefore(bank, status, error);
  const key = randomUUID();
  await expect(bank.pay({}, key)).rejects.toMatchObject({ code });
  const [kept] = await payments(bank);
  expect(kept).toMatchObject({ status: 'failed', reason: 'not_sent' });

  bank.lie(() => undefined);
  const again = await bank.pay({}, key);
  expect(again).toMatchObject({ id: kept?.id, status: 'awaiting_authorisation', reason: undefined });
  expect(again.redirectUrl).toBeDefined();
  await bank.stack.visit(bank.linkOf(again), 'approve');
  await bank.settle();
  expect(await bank.told(again)).toEqual({ status: 'settled', moneyMoved: 'yes' });
  const report = await bank.stack.provider.pis?.readPayment(paymentKey(again.reference ?? ''));
  expect(report?.order).toMatchObject({ order: { endToEndId: endToEndIdOf(again.id) } });
});

test('of many retries at once exactly one hands the payment over', async () => {
  const bank = await LyingBank.start();
  refusedBefore(bank, 429, 'RATE_LIMIT');
  const key = randomUUID();
  await expect(bank.pay({}, key)).rejects.toMatchObject({ code: 'provider_rate_limited' });
  const before = bank.paymentsAtTheBank();
  bank.lie(() => undefined);
  const all = await whileTimePasses(
    bank.context.clock,
    Promise.all(Array.from({ length: 5 }, () => bank.pay({}, key))),
  );
  expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  expect(bank.paymentsAtTheBank() - before).toBe(1);
});

test('another form is refused under the key of a payment that was not sent', async () => {
  const bank = await LyingBank.start();
  refusedBefore(bank, 429, 'RATE_LIMIT');
  const key = randomUUID();
  await expect(bank.pay({}, key)).rejects.toMatchObject({ code: 'provider_rate_limited' });
  bank.lie(() => undefined);
  await expect(bank.pay({ amount: { amount: 100, currency: 'NOK' } }, key)).rejects.toMatchObject({
    code: 'idempotency_key_reused',
  });
});

test.each([
  ['INVALID_PAYMENT', 'payment_refused_by_bank'],
  ['PAYMENT_LIMIT_EXCEEDED', 'payment_refused_by_bank'],
])('a payment refused with %s stays rejected under its key', async (error, code) => {
  const bank = await LyingBank.start();
  refusedBefore(bank, 422, error);
  const key = randomUUID();
  await expect(bank.pay({}, key)).rejects.toMatchObject({ code });
  bank.lie(() => undefined);
  expect(await bank.pay({}, key)).toMatchObject({ status: 'rejected', reason: 'rejected_by_bank' });
});

async function payments(bank: LyingBank): Promise<Payment[]> {
  return listPayments(bank.context.store.database, bank.user.id, 10);
}
