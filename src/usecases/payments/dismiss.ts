import { DropError } from '#domain/errors.ts';
import { announceChange } from '#store/changes.ts';
import { findPayment, markDismissed, type Payment } from '#store/payments.ts';
import type { User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { isCancellable } from './cancel.ts';

/**
 * Puts aside a payment that the customer has not approved and that cannot be called back at the bank: its way to the
 * bank is not shown any more. The bank still holds it until it expires there, and it is followed until then.
 *
 * @throws {DropError} `payment_unknown`; `payment_not_dismissable` when the customer has approved it, or can call it
 * back.
 */
export async function dismissPayment(context: UseCaseContext, user: User, id: string): Promise<void> {
  await context.store.database.transaction().execute(async (transaction) => {
    const payment = await findPayment(transaction, { id });
    if (payment?.userId !== user.id) throw new DropError('payment_unknown');
    if (payment.dismissedAt !== undefined) return;
    if (!isDismissable(context, payment)) throw new DropError('payment_not_dismissable');
    const isMarked = await markDismissed(transaction, id, context.clock.now());
    if (!isMarked) throw new DropError('payment_not_dismissable');
    await announceChange(transaction, { userId: user.id, kind: 'payment', id });
  });
}

/** Whether the customer may put the payment aside now: what cannot be done is not offered. */
export function isDismissable(context: UseCaseContext, payment: Payment): boolean {
  const waits = payment.status === 'awaiting_authorisation' && payment.contradictedAt === undefined;
  return waits && payment.dismissedAt === undefined && !isCancellable(context, payment);
}
