import type { Payment } from '#http/contract/payments.ts';
import { expectedSettlement } from '#domain/banking/settlement.ts';
import { waitsForMoney } from './payment-state.ts';
import { osloDay } from '#domain/oslo-time.ts';

/**
 * The day on which an approved payment normally arrives, as `YYYY-MM-DD`. Undefined where the bank does not carry the
 * payment out now, waits for money or says what cannot be true; and once that day is over, since the payment is late.
 */
export function arrivalDayOf(
  payment: Pick<Payment, 'status' | 'isContradicted' | 'timeline' | 'reason'>,
  now: Date,
): string | undefined {
  const { status, isContradicted, timeline } = payment;
  if (isContradicted || !isCarriedOut(status) || waitsForMoney(payment)) return undefined;
  const approved = timeline.find((event) => isCarriedOut(event.status));
  const day = approved && expectedSettlement(new Date(approved.at)).day;
  return day !== undefined && day >= osloDay(now) ? day : undefined;
}

const isCarriedOut = (status: Payment['status']): boolean =>
  status === 'authorised' || status === 'processing';
