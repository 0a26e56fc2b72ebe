import { expect, test } from 'vitest';
import { handlingWhatArrived } from '#outbound/inherited-arrival.ts';
import { putOffReading } from '#store/due-payments.ts';
import { findPayment } from '#store/payments.ts';
import type { PaymentMove } from '#usecases/context.ts';
import { applyReport } from '#usecases/payments/report.ts';
import { report } from '../banking/made-up-bank.ts';
import { linkedBank } from './linked-bank.ts';

/** A payment that is under way, and the moves that were measured. */
async function processing() {
  const { bank, send } = await linkedBank();
  const moves: PaymentMove[] = [];
  const context = { ...bank.context, onPaymentMoved: (move: PaymentMove) => void moves.push(move) };
  bank.provider.pis.initiatePayment = async () => report({ status: 'processing' });
  const { id } = await send();
  return { context, id, moves, settled: report({ status: 'settled' }) };
}

test('a settlement that a webhook brings was unknown since the webhook arrived', async () => {
  const { context, id, moves, settled } = await processing();
  context.clock.advance(3_600_000);
  const arrivedAt = context.clock.now();
  context.clock.advance(4_000);
  await handlingWhatArrived(arrivedAt, () =>
    applyReport(context, id, { report: settled, evidence: 'webhook' }),
  );
  expect(moves).toEqual([{ from: 'processing', to: 'settled', evidence: 'webhook', unknownForMs: 4_000 }]);
});

test('a settlement that a reading finds was unknown since the reading before', async () => {
  const { context, id, moves, settled } = await processing();
  const { database } = context.store;
  context.clock.advance(60_000);
  const payment = await findPayment(database, { id });
  if (!payment) throw new Error('no payment');
  const dueAt = new Date(context.clock.now().getTime() + 360_000);
  await putOffReading(database, payment, { askedAt: context.clock.now(), waitUntil: undefined, dueAt });
  context.clock.advance(360_000);
  await applyReport(context, id, { report: settled, evidence: 'poll' });
  expect(moves).toEqual([{ from: 'processing', to: 'settled', evidence: 'poll', unknownForMs: 360_000 }]);
});

test('a report that moves nothing is not measured', async () => {
  const { context, id, moves, settled } = await processing();
  await applyReport(context, id, { report: settled, evidence: 'poll' });
  await applyReport(context, id, { report: settled, evidence: 'webhook' });
  expect(moves).toHaveLength(1);
});
