import type { Locale } from '#domain/locale.ts';
import type { Payment } from '#store/payments.ts';
import { statementTexts } from './texts.ts';

/** What a statement says of a payment. */
export type StatementPayment = Pick<
  Payment,
  'id' | 'order' | 'createdAt' | 'settledAt' | 'bankName' | 'status' | 'contradictedAt' | 'dismissedAt'
>;

/** Whether the bank carried it out, and has not contradicted that. */
export function isPaid({ status, contradictedAt }: StatementPayment): boolean {
  return status === 'settled' && contradictedAt === undefined;
}

/** The status as the customer's list says it. */
export function statusOf(payment: StatementPayment, locale: Locale): string {
  const texts = statementTexts[locale];
  if (payment.contradictedAt !== undefined) return texts.status.unknown;
  const isDismissed = payment.status === 'awaiting_authorisation' && payment.dismissedAt !== undefined;
  return isDismissed ? texts.dismissed : texts.status[payment.status];
}
