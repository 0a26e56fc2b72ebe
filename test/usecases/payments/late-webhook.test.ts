import { expect, test } from 'vitest';
import { DropError, type Outcome } from '#domain/errors.ts';
import { reconcileHintedPayment } from '#usecases/payments/reconcile.ts';
import { applyReport } from '#usecases/payments/report.ts';
import { report } from '../banking/made-up-bank.ts';
import { linkedBank } from './linked-bank.ts';

/** A webhook about a payment in that status, which its provider does not let Drop read. */
async function hinted(status: 'settled' | 'processing', outcome: Outcome): Promise<void> {
  const { bank, send } = await linkedBank();
  const { context } = bank;
  bank.provider.pis.initiatePayment = async () => report();
  const { id } = await send();
  const { reference } = report();
  await applyReport(context, id, { report: report({ status }), evidence: 'webhook' });
  bank.provider.pis.readPayment = async () => {
    throw new DropError('payment_unknown', { outcome });
  };
  await reconcileHintedPayment(context, { provider: 'made-up', reference });
}

test('a webhook about a payment that is over, which nothing is kept to read, is handled', async () => {
  await expect(hinted('settled', 'not_sent')).resolves.toBeUndefined();
});

test('a webhook about a payment that is under way, which nothing is kept to read, is tried again', async () => {
  await expect(hinted('processing', 'not_sent')).rejects.toThrow(DropError);
});

test('a webhook about a payment that is over, which its provider does not know, is tried again', async () => {
  await expect(hinted('settled', 'refused')).rejects.toThrow(DropError);
});

/** A webhook about a reference that Drop does not know, at a provider that reads nothing without Drop's own record. */
async function unknownHinted(initiation: () => Promise<ReturnType<typeof report>>): Promise<void> {
  const { bank, send } = await linkedBank();
  const { context } = bank;
  bank.provider = { ...bank.provider, pis: { ...bank.provider.pis, initiatePayment: initiation } };
  await send();
  bank.provider.pis.readPayment = async () => {
    throw new DropError('payment_unknown', { outcome: 'not_sent' });
  };
  await reconcileHintedPayment(context, { provider: 'made-up', reference: 'of-a-lost-answer' });
}

test('a webhook about an order without an answer, which is looked up anyway, is handled', async () => {
  const isLost = async () => Promise.reject(new DropError('payment_outcome_unknown', { outcome: 'unknown' }));
  await expect(unknownHinted(isLost)).resolves.toBeUndefined();
});

test('a webhook about an unknown payment is tried again where every order was answered', async () => {
  await expect(unknownHinted(async () => report())).rejects.toThrow(DropError);
});
