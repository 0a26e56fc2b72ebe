import { expect, test } from 'vitest';
import { redirectTo } from '#domain/banking/next-step.ts';
import type { PaymentReport } from '#services/open-banking/service.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import { reconcileHintedPayment } from '#usecases/payments/reconcile.ts';
import { access, page, report } from '../banking/made-up-bank.ts';
import { linkedBank } from './linked-bank.ts';

const creditorAccountNumber = '15032080178';
const read = (amount: number): PaymentReport['order'] => ({
  kind: 'read',
  order: { creditorAccountNumber, money: { amount, currency: 'NOK' } },
});

test.each<[string, Partial<PaymentReport>, number]>([
  ['that waits goes on', { order: read(25_000) }, 1],
  ['that the bank has rejected does not go on', { status: 'rejected', order: read(25_000) }, 0],
  ['that is of another amount at the bank does not go on', { order: read(99_000) }, 0],
])('a payment %s when the customer returns', async (_case, said, continuations) => {
  const { bank, send } = await linkedBank();
  const { pis } = bank.provider;
  let state = '';
  let continued = 0;
  pis.initiatePayment = async (request) => {
    ({ state } = request);
    return { ...report(), next: redirectTo(page) };
  };
  pis.readPayment = async () => report(said);
  pis.continuePayment = async () => {
    continued += 1;
    return report();
  };
  await send();
  await reconcileHintedPayment(bank.context, { provider: 'made-up', reference: 'payment-1' });
  await returnFromBank(bank.context, bank.user, { parameters: new URLSearchParams({ state }), access });
  expect(continued).toBe(continuations);
});
