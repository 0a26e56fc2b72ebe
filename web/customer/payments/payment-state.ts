import type { Format } from '#domain/formats.ts';
import { isFinal } from '#domain/payment/status.ts';
import type { Payment } from '#http/contract/payments.ts';
import type { Texts } from '../texts/nb.ts';

/** Whether the customer has put the payment aside and nothing has happened to it since. */
export function isDismissed({ status, dismissedAt }: Pick<Payment, 'status' | 'dismissedAt'>): boolean {
  return status === 'awaiting_authorisation' && dismissedAt !== null;
}

/** Whether the bank has the payment and waits until there is enough money for it. */
export function waitsForMoney({ status, reason }: Pick<Payment, 'status' | 'reason'>): boolean {
  return !isFinal(status) && reason === 'insufficient_funds';
}

/** The day for which a payment was ordered; undefined once the bank carries it out, and where it was for no day. */
export function scheduledDay(
  { status, executionDate }: Pick<Payment, 'status' | 'executionDate'>,
  format: Format,
): string | undefined {
  return status === 'scheduled' && executionDate !== null ? dayOf(executionDate, format) : undefined;
}

/** A day (`YYYY-MM-DD`) as the customer reads it. */
export const dayOf = (day: string, format: Format): string => format.date(`${day}T12:00:00Z`);

/** The short word for the state, as in the list. */
export function stateOf(payment: Payment, words: Texts['payments'], format: Format): string {
  if (payment.isContradicted) return words.status.unknown;
  if (isDismissed(payment)) return words.dismissed;
  const day = scheduledDay(payment, format);
  return day === undefined ? words.status[payment.status] : words.scheduledFor(day);
}
