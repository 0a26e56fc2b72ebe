import type { NextStep } from '#domain/banking/next-step.ts';
import { DropError } from '#domain/errors.ts';
import { concerning } from '#outbound/inherited-ids.ts';
import { onBehalfOf } from '#outbound/inherited-customer.ts';
import type { AttendedAccess, SteppedPayment } from '#services/open-banking/service.ts';
import { findPayment, type Payment } from '#store/payments.ts';
import type { User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { secretStateOf } from '../banking/secret-state.ts';
import { applyCancellation } from './step.ts';

/**
 * Calls a payment back at the bank. Returns what the customer has to do for that, if anything.
 *
 * @throws {DropError} `payment_unknown`; `payment_not_cancellable` when it is final or the provider cannot.
 */
export async function cancelPayment(
  context: UseCaseContext,
  user: User,
  request: { id: string; access: AttendedAccess },
): Promise<NextStep> {
  const payment = await findPayment(context.store.database, { id: request.id });
  if (payment?.userId !== user.id) throw new DropError('payment_unknown');
  const cancel = cancellation(context, payment);
  if (!cancel) throw new DropError('payment_not_cancellable');
  const report = await concerning({ paymentId: payment.id }, () =>
    onBehalfOf(user.id, () => cancel(request.access)),
  );
  const provider = context.services.openBanking.pinned(payment.provider);
  const update = { id: payment.id, report, evidence: 'customer' } as const;
  return (await applyCancellation(context, provider, update)).next;
}

/** Whether a payment can be called back now: what cannot be done is not offered. */
export function isCancellable(context: UseCaseContext, payment: Payment): boolean {
  return cancellation(context, payment) !== undefined;
}

function cancellation(
  context: UseCaseContext,
  { id, provider, reference, status, bankId, order }: Payment,
): ((access: AttendedAccess) => Promise<SteppedPayment>) | undefined {
  const pis = context.services.openBanking.all().find((live) => live.id === provider)?.pis;
  const isOpen = ['awaiting_authorisation', 'authorised', 'scheduled'].includes(status);
  if (!isOpen || reference === undefined || !pis?.cancelPayment) return undefined;
  if (pis.cancelsScheduledOnly === true && order.execution.kind !== 'on') return undefined;
  const { cancelPayment: cancel } = pis;
  const key = { reference, bankId, secrets: secretStateOf(context, { kind: 'payment', id }) };
  return (access) => cancel(key, access);
}
