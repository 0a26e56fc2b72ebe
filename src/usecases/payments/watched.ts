import { boundedAskAgainMs } from '#domain/banking/next-step.ts';
import { nextReadingMs } from '#domain/payment/reconciliation.ts';
import { markWatched } from '#store/due-payments.ts';
import type { Payment } from '#store/payments.ts';
import type { UseCaseContext } from '../context.ts';

/** A page that reads the payment at each change announces itself no more often. */
const notedEveryMs = 2_500;

/**
 * Notes that the customer looks at a payment that is not over: Drop then asks the bank within seconds, also where no
 * webhook comes and the customer has not come back from the bank. A payment that is still being handed over is left
 * alone. Never rejects: the page shows the payment without it.
 */
export async function notePaymentWatched(context: UseCaseContext, payment: Payment): Promise<void> {
  const { id, reference, status, dueAt, watchedAt, decoupledStep } = payment;
  const isHandedOver = reference !== undefined && status !== 'created' && status !== 'initiating';
  if (dueAt === undefined || !isHandedOver) return;
  const at = context.clock.now();
  if (watchedAt !== undefined && at.getTime() - watchedAt.getTime() < notedEveryMs) return;
  const leastMs = decoupledStep === undefined ? 0 : boundedAskAgainMs(decoupledStep);
  const readingMs = Math.max(leastMs, nextReadingMs({ ...payment, watchedAt: at }, at));
  await markWatched(context.store.database, id, { at, readingMs }).catch((error: unknown) => {
    context.log('warn', 'a look at a payment could not be noted', { paymentId: id, error });
  });
}
