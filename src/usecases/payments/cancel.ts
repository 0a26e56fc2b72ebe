import { DropError } from '#domain/errors.ts';
import { onBehalfOf } from '#outbound/inherited-customer.ts';
import type { AttendedAccess, PaymentReport } from '#services/open-banking/service.ts';
import { findPayment, type Payment } from '#store/payments.ts';
import type { User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { applyReport } from './report.ts';

/**
 * Calls a payment back at the bank.
 *
 * @throws {DropError} `payment_unknown`; `payment_not_cancellable` when it is final or the provider cannot.
 */
export async function cancelPayment(
  context: UseCaseContext,
  user: User,
  request: { id: string; access: AttendedAccess },
): Promise<void> {
  const payment = await findPayment(context.store.database, { id: request.id });
  if (payment?.userId !== user.id) throw new DropError('payment_unknown');
  const cancel = cancellation(context, payment);
  if (!cancel) throw new DropError('payment_not_cancellable');
  const report = await onBehalfOf(user.id, () => cancel(request.access));
  await applyReport(context, payment.id, { report, redirectUrl: undefined, evidence: 'customer' });
}

/** Whether a payment can be called back now: what cannot be done is not offered. */
export function isCancellable(context: UseCaseContext, payment: Payment): boolean {
  return cancellation(context, payment) !== undefined;
}

function cancellation(
  { services }: UseCaseContext,
  { provider, reference, status }: Payment,
): ((access: AttendedAccess) => Promise<PaymentReport>) | undefined {
  const pis = services.openBanking.all().find(({ id }) => id === provider)?.pis;
  const isOpen = status === 'awaiting_authorisation' || status === 'authorised';
  if (!isOpen || reference === undefined || !pis?.cancelPayment) return undefined;
  const { cancelPayment: cancel } = pis;
  return (access) => cancel(reference, access);
}
