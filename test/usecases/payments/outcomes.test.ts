import { expect, test } from 'vitest';
import { DropError } from '#domain/errors.ts';
import { endToEndIdOf } from '#domain/payment/end-to-end-id.ts';
import type { Evidence } from '#domain/payment/status.ts';
import type { PaymentReport } from '#services/open-banking/service.ts';
import { findPayment } from '#store/payments.ts';
import { cancelPayment } from '#usecases/payments/cancel.ts';
import { dismissPayment } from '#usecases/payments/dismiss.ts';
import { reconcileDuePayments } from '#usecases/payments/reconcile-due.ts';
import { applyReport } from '#usecases/payments/report.ts';
import { access, report } from '../banking/made-up-bank.ts';
import { codesTold, refuseCommits, told } from '../notify/told.ts';
import { linkedBank } from './linked-bank.ts';

/** A payment that waits for its customer, and reports about it. */
async function waiting() {
  const { bank, send } = await linkedBank();
  const { context, user } = bank;
  bank.provider.pis.initiatePayment = async () => report();
  const { id } = await send();
  return {
    bank,
    id,
    status: async () => (await findPayment(context.store.database, { id }))?.status,
    codes: () => codesTold(context, user.id),
    hear: (change: Partial<PaymentReport>, evidence: Evidence = 'webhook') =>
      applyReport(context, id, { report: report(change), evidence }),
  };
}

test('a payment that waits for its customer is no news', async () => {
  const { codes } = await waiting();
  expect(await codes()).toEqual([]);
});

test.each(['settled', 'rejected', 'cancelled', 'expired'] as const)(
  'a payment that is %s is told once, however often it is reported',
  async (status) => {
    const { bank, id, hear } = await waiting();
    await Promise.all([hear({ status }), hear({ status }, 'poll'), hear({ status })]);
    await hear({ status }, 'poll');
    expect(await told(bank.context, bank.user.id)).toEqual([
      { code: `payment_${status}`, parameters: { paymentId: id } },
    ]);
  },
);

test('a settlement is told also where the customer returns from the bank', async () => {
  const { codes, hear } = await waiting();
  await hear({ status: 'settled' }, 'callback');
  expect(await codes()).toEqual(['payment_settled']);
});

test('a customer who cancels in Drop is not told so', async () => {
  const { bank, id, codes, status } = await waiting();
  bank.provider.pis.cancelPayment = async () => report({ status: 'cancelled' });
  await cancelPayment(bank.context, bank.user, { id, access });
  expect(await status()).toBe('cancelled');
  expect(await codes()).toEqual([]);
});

test('a customer who cancels at the bank and returns is not told so', async () => {
  const { codes, hear } = await waiting();
  await hear({ status: 'cancelled' }, 'callback');
  expect(await codes()).toEqual([]);
});

test.each(['expired', 'cancelled'] as const)(
  'a payment that was put aside is %s without news',
  async (status) => {
    const { bank, id, codes, hear } = await waiting();
    await dismissPayment(bank.context, bank.user, id);
    await hear({ status });
    expect(await codes()).toEqual([]);
  },
);

test('a payment that was put aside and settles after all is told', async () => {
  const { bank, id, codes, hear } = await waiting();
  await dismissPayment(bank.context, bank.user, id);
  await hear({ status: 'settled' });
  expect(await codes()).toEqual(['payment_settled']);
});

test('an outcome that cannot be committed is not told, and is told with the next report', async () => {
  const { bank, codes, hear, status } = await waiting();
  const allow = await refuseCommits(bank.context);
  await expect(hear({ status: 'settled' })).rejects.toThrow('refused at the commit');
  expect(await status()).toBe('awaiting_authorisation');
  expect(await codes()).toEqual([]);
  await allow();
  await hear({ status: 'settled' });
  expect(await codes()).toEqual(['payment_settled']);
});

test('a settled payment that the bank then denies is told once, also after the doubt has ended', async () => {
  const { codes, hear, id } = await waiting();
  const order = { endToEndId: endToEndIdOf(id), money: { amount: 25_000, currency: 'NOK' } };
  const read = { kind: 'read', order: { ...order, creditorAccountNumber: '15032080178' } } as const;
  await hear({ status: 'settled', order: read });
  await hear({ status: 'rejected', order: read });
  await hear({ status: 'settled', order: read });
  expect(await codes()).toEqual(['payment_settled']);
});

test('a payment that settles while it is contradicted is told when the contradiction has ended', async () => {
  const { codes, hear, id, status } = await waiting();
  const money = { amount: 25_000, currency: 'NOK' };
  const order = { endToEndId: endToEndIdOf(id), money, creditorAccountNumber: '15032080178' };
  const other = { ...order, money: { amount: 99_000, currency: 'NOK' } };
  await hear({ status: 'processing', order: { kind: 'read', order: other } });
  await hear({ status: 'settled' });
  expect(await status()).toBe('settled');
  expect(await codes()).toEqual([]);
  await hear({ status: 'settled', order: { kind: 'read', order } });
  expect(await codes()).toEqual(['payment_settled']);
});

test('each attempt that does not reach the bank is told', async () => {
  const { bank, send } = await linkedBank();
  const codes = () => codesTold(bank.context, bank.user.id);
  bank.provider.pis.initiatePayment = async () => {
    throw new DropError('bank_unavailable', { outcome: 'not_sent' });
  };
  await expect(send()).rejects.toMatchObject({ code: 'bank_unavailable' });
  expect(await codes()).toEqual(['payment_failed']);
  bank.context.clock.advance(1_000);
  await expect(send()).rejects.toMatchObject({ code: 'bank_unavailable' });
  expect(await codes()).toEqual(['payment_failed', 'payment_failed']);
});

test('a payment without an answer is told only once it has expired', async () => {
  const { bank, send } = await linkedBank();
  const codes = () => codesTold(bank.context, bank.user.id);
  bank.provider.pis.initiatePayment = async () => {
    throw new DropError('payment_outcome_unknown', { outcome: 'unknown' });
  };
  await send();
  expect(await codes()).toEqual([]);
  bank.context.clock.advance(86_400_000 + 60_000);
  await reconcileDuePayments(bank.context);
  expect(await codes()).toEqual(['payment_expired']);
});

test('a payment that the bank refuses at once is told', async () => {
  const { bank, send } = await linkedBank();
  bank.provider.pis.initiatePayment = async () => {
    throw new DropError('payment_refused_by_bank', { outcome: 'refused' });
  };
  await expect(send()).rejects.toMatchObject({ code: 'payment_refused_by_bank' });
  expect(await codesTold(bank.context, bank.user.id)).toEqual(['payment_rejected']);
});
