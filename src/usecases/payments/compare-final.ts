import { sampleFinalPayments } from '#store/final-payments.ts';
import type { Payment } from '#store/payments.ts';
import type { UseCaseContext } from '../context.ts';
import { lookUpPayment } from './look-up.ts';
import { readBack } from './reconcile.ts';

const dayMs = 86_400_000;
/** Providers forget payments in time. */
const createdWithinMs = 30 * dayMs;
const endedForMs = 3_600_000;
/** In one run, so that a provider gets a few hundred such readings a day from all processes together. */
const paymentsMax = 20;
/** Few at once, so that customers who wait have the places at the provider. */
const atOnceMax = 4;

/**
 * Reads a sample of the payments that are over once more: what a bank takes back without a word is found all the same.
 * A report that denies what Drop holds is kept as a contradiction, and the operators are told.
 */
export async function compareFinalPayments(context: UseCaseContext, signal?: AbortSignal): Promise<void> {
  const { store, clock, entropy, services } = context;
  const nowMs = clock.now().getTime();
  const payments = await sampleFinalPayments(store.database, {
    from: entropy.uuid(),
    providers: services.openBanking.all().flatMap(({ id, pis }) => (pis ? [id] : [])),
    createdSince: new Date(nowMs - createdWithinMs),
    updatedUntil: new Date(nowMs - endedForMs),
    limit: paymentsMax,
  });
  for (let first = 0; first < payments.length; first += atOnceMax) {
    signal?.throwIfAborted();
    await Promise.all(payments.slice(first, first + atOnceMax).map((payment) => compare(context, payment)));
  }
}

/** Never rejects: that a payment cannot be read says nothing of it, and another run may draw it again. */
async function compare(context: UseCaseContext, payment: Payment): Promise<void> {
  if (payment.reference === undefined) return void (await lookUpPayment(context, payment));
  await readBack(context, payment, 'poll').catch((error: unknown) => {
    context.log('info', 'a payment that is over could not be compared', { paymentId: payment.id, error });
  });
}
