import { expect, test } from 'vitest';
import { redirectTo } from '#domain/banking/next-step.ts';
import { DropError } from '#domain/errors.ts';
import { endToEndIdOf } from '#domain/payment/end-to-end-id.ts';
import type { PaymentReport } from '#services/open-banking/service.ts';
import { findPayment } from '#store/payments.ts';
import { reconcileDuePayments } from '#usecases/payments/reconcile-due.ts';
import { reconcileHintedPayment } from '#usecases/payments/reconcile.ts';
import { page, report } from '../banking/made-up-bank.ts';
import { linkedBank } from './linked-bank.ts';

/** The bank's report of a payment of that reference for the customer's order. */
function reported(reference: string, paymentId: string, status: PaymentReport['status'] = 'processing') {
  const order = {
    endToEndId: endToEndIdOf(paymentId),
    money: { amount: 25_000, currency: 'NOK' },
    creditorAccountNumber: '15032080178',
  };
  return report({ reference, status, order: { kind: 'read', order } });
}

test.each([
  ['once', false],
  ['again after an answer that was lost', true],
])(
  'an order that was sent %s and is answered by a second payment stays contradicted, and is sent no more',
  async (_case, isRepeated) => {
    const { bank, send } = await linkedBank();
    const { context } = bank;
    bank.provider = { ...bank.provider, pis: { ...bank.provider.pis, idempotentInitiation: isRepeated } };
    let sent = 0;
    bank.provider.pis.initiatePayment = async ({ paymentId }) => {
      sent += 1;
      bank.provider.pis.readPayment = async ({ reference }) => reported(reference, paymentId);
      if (isRepeated && sent === 1) throw new DropError('payment_outcome_unknown', { outcome: 'unknown' });
      await reconcileHintedPayment(context, { provider: 'made-up', reference: 'payment-1' });
      return { ...reported('payment-2', paymentId, 'awaiting_authorisation'), next: redirectTo(page) };
    };
    const { id } = await send();
    const contradicted = {
      reference: 'payment-1',
      contradiction: ['second_payment'],
      redirectUrl: undefined,
    };
    expect(await findPayment(context.store.database, { id })).toMatchObject(contradicted);
    bank.provider.pis.readPayment = async ({ reference }) => reported(reference, id, 'settled');
    context.clock.advance(60_000);
    await reconcileDuePayments(context);
    const after = await findPayment(context.store.database, { id });
    expect(after).toMatchObject({ ...contradicted, status: 'settled' });
    expect(after?.contradictedAt).toBeDefined();
    await send();
    expect(sent).toBe(isRepeated ? 2 : 1);
  },
);
