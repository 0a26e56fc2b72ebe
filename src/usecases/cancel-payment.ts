import { DropError } from '#domain/errors.ts';
import { onBehalfOf } from '#outbound/inherited-customer.ts';
import type { AttendedAccess } from '#services/open-banking/service.ts';
import { findPayment } from '#store/payments.ts';
import type { User } from '#store/users.ts';
import type { UseCaseContext } from './context.ts';
import { applyReport } from './payment-report.ts';

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
  const { reference } = payment;
  const cancel = context.services.openBanking.pinned(payment.provider).pis?.cancelPayment;
  const isOpen = payment.status === 'awaiting_authorisation' || payment.status === 'authorised';
  if (!isOpen || reference === undefined || !cancel) throw new DropError('payment_not_cancellable');
  const report = await onBehalfOf(user.id, () => cancel(reference, request.access));
  await applyReport(context, payment.id, { report, redirectUrl: undefined, evidence: 'customer' });
}
