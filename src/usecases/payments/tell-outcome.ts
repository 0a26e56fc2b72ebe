import type { NoticeCode } from '#domain/notice/notices.ts';
import type { Evidence, PaymentStatus } from '#domain/payment/status.ts';
import type { OpenTransaction } from '#store/database.ts';
import type { Payment } from '#store/payments.ts';
import type { UseCaseContext } from '../context.ts';
import { notify } from '../notify/notify.ts';

type OutcomeCode = Extract<NoticeCode, `payment_${string}`>;

const codes: Partial<Record<PaymentStatus, OutcomeCode>> = {
  settled: 'payment_settled',
  rejected: 'payment_rejected',
  cancelled: 'payment_cancelled',
  expired: 'payment_expired',
  failed: 'payment_failed',
};

/** What is written to a payment. */
interface Outcome {
  status: PaymentStatus;
  contradictedAt: Date | undefined;
  evidence: Evidence;
}

/**
 * Tells the customer the outcome of a payment, once, in the transaction that writes it. A payment that is contradicted
 * has no outcome yet.
 */
export async function tellOutcome(
  context: UseCaseContext,
  transaction: OpenTransaction,
  payment: Payment,
  outcome: Outcome,
): Promise<void> {
  const code = codes[outcome.status];
  if (code === undefined || outcome.contradictedAt !== undefined || isOwnDoing(payment, outcome)) return;
  const { id: paymentId, userId } = payment;
  const occasion = occasionOf(payment, outcome.status);
  await notify(context, transaction, { userId, code, parameters: { paymentId }, occasion });
}

/** Whether the customer ended the payment: in Drop, at the bank just before the return, or by putting it aside. */
function isOwnDoing({ dismissedAt }: Payment, { status, evidence }: Outcome): boolean {
  if (status === 'expired') return dismissedAt !== undefined;
  if (status !== 'cancelled') return false;
  return dismissedAt !== undefined || evidence === 'customer' || evidence === 'callback';
}

/** Each attempt to send a payment may fail. Every other outcome is final. */
function occasionOf({ id, initiatedAt }: Payment, status: PaymentStatus): string {
  return status === 'failed' && initiatedAt ? `${id} ${initiatedAt.toISOString()}` : id;
}
