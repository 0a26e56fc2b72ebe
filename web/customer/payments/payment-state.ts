import { isFinal } from '#domain/payment/status.ts';
import type { Payment } from '#http/contract/payments.ts';
import type { Texts } from '../texts/nb.ts';

/** Whether the customer has put the payment aside and nothing has happened to it since. */
export function isDismissed({ status, dismissedAt }: Payment): boolean {
  return status === 'awaiting_authorisation' && dismissedAt !== null;
}

/** Whether the bank has the payment and waits until there is enough money for it. */
export function waitsForMoney({ status, reason }: Pick<Payment, 'status' | 'reason'>): boolean {
  return !isFinal(status) && reason === 'insufficient_funds';
}

/** The short word for the state, as in the list. */
export function stateOf(payment: Payment, words: Texts['payments']): string {
  if (payment.isContradicted) return words.status.unknown;
  return isDismissed(payment) ? words.dismissed : words.status[payment.status];
}
