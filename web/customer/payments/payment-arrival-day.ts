import type { Payment } from '#http/contract/payments.ts';
import { expectedArrivalDay } from '#domain/banking/settlement.ts';
import { osloDay } from '#domain/oslo-time.ts';
import { normalExecution } from '#domain/payment/execution.ts';
import { waitsForMoney } from './payment-state.ts';

/**
 * The day on which an approved payment normally arrives, as `YYYY-MM-DD`. Undefined where the bank does not carry the
 * payment out now, waits for money or says what cannot be true, once that day is over, since the payment is late then,
 * and for an instant payment, which arrives within seconds.
 */
export function arrivalDayOf(
  payment: Pick<Payment, 'status' | 'isContradicted' | 'timeline' | 'reason' | 'instant' | 'executionDate'>,
  now: Date,
): string | undefined {
  const { status, isContradicted, timeline, instant, executionDate } = payment;
  if (isContradicted || instant || !isCarriedOut(status) || waitsForMoney(payment)) return undefined;
  const approved = timeline.find((event) => isCarriedOut(event.status));
  const execution = executionDate === null ? normalExecution : ({ kind: 'on', date: executionDate } as const);
  const day = approved && expectedArrivalDay(execution, new Date(approved.at));
  return day !== undefined && day >= osloDay(now) ? day : undefined;
}

const isCarriedOut = (status: Payment['status']): boolean =>
  status === 'authorised' || status === 'processing';
