import { expect, test } from 'vitest';
import { redirectTo } from '#domain/banking/next-step.ts';
import type { PaymentReport } from '#services/open-banking/service.ts';
import { findPayment } from '#store/payments.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import { access, page, report } from '../banking/made-up-bank.ts';
import { linkedBank } from './linked-bank.ts';

/** The answer to an initiation that calls the payment settled, and what the bank says of it when it is read. */
async function settledAtOnce(read: Partial<PaymentReport>) {
  const { bank, send } = await linkedBank();
  const { pis } = bank.provider;
  pis.initiatePayment = async () => report({ status: 'settled', wireStatus: 'ACSC' });
  pis.readPayment = async () => report({ status: 'settled', wireStatus: 'ACSC', ...read });
  return { bank, payment: await send() };
}

const order = { creditorAccountNumber: '15032080178', money: { amount: 25_000, currency: 'NOK' } };

test('a payment that the initiation calls settled has settled once the bank says so of its order', async () => {
  const { payment } = await settledAtOnce({ order: { kind: 'read', order } });
  expect(payment).toMatchObject({ status: 'settled', contradictedAt: undefined });
});

test('a payment that the initiation calls settled, with another amount when it is read, has not', async () => {
  const other = { ...order, money: { amount: 99_000, currency: 'NOK' } };
  const { payment } = await settledAtOnce({ order: { kind: 'read', order: other } });
  expect(payment).toMatchObject({ status: 'processing', contradiction: ['amount'] });
});

test('a payment that the return calls settled has not before it is read', async () => {
  const { bank, send } = await linkedBank();
  const { pis } = bank.provider;
  let state = '';
  pis.initiatePayment = async (request) => {
    ({ state } = request);
    return { ...report(), next: redirectTo(page) };
  };
  pis.continuePayment = async () => report({ status: 'settled', wireStatus: 'ACSC' });
  const { id } = await send();
  await returnFromBank(bank.context, bank.user, { parameters: new URLSearchParams({ state }), access });
  expect(await findPayment(bank.context.store.database, { id })).toMatchObject({ status: 'processing' });
});
