import type { Payment } from '#http/contract/payments.ts';

/** Whether the customer has put the payment aside and nothing has happened to it since. */
export function isDismissed({ status, dismissedAt, isContradicted }: Payment): boolean {
  return status === 'awaiting_authorisation' && dismissedAt !== null && !isContradicted;
}
