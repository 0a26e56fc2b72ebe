import { differencesOf } from '#domain/payment/order.ts';
import { isNo, movePayment } from '#domain/payment/status.ts';
import type { PaymentReport } from '#services/open-banking/service.ts';
import type { Payment } from '#store/payments.ts';

/** A report of a payment; without a reference where a transaction of the account is what reports it. */
export type Report = Omit<PaymentReport, 'reference'> & { reference: string | undefined };

/** The reason why a report cannot be true beside the stored payment. */
export interface Contradiction {
  /** What the operators are told. */
  alert: 'another_order' | 'final_status_contradicted';
  /**
   * The differences: members of the order; `reference` where the answer is about another payment than the one that was
   * asked about; `second_payment` where the bank has two payments for one order. Empty where it
   * is the status that cannot be true.
   */
  differences: readonly string[];
  /** Whether two answers may have crossed: then the operators are told only when the bank repeats the report. */
  isDoubt: boolean;
}

/** How a report came to be applied to a payment. */
export interface Attribution {
  /** The payment was not read by its reference: its end-to-end identification or its initiation names it. */
  isRecognised: boolean;
  /** The report's reference belongs to another payment of Drop's. */
  isTaken: boolean;
  /** The bank carried the same order out more than once. */
  isRepeated?: boolean | undefined;
}

/** Compares a provider's report with the payment to which it is attributed. Pure. */
export function contradictionOf(
  payment: Payment,
  report: Report,
  { isRecognised, isTaken, isRepeated = false }: Attribution,
): Contradiction | undefined {
  const { reference = payment.reference } = report;
  const isOther =
    payment.reference !== undefined &&
    reference !== undefined &&
    !isSameReference(payment.reference, reference);
  const isSecond = isRepeated || (isOther && isRecognised);
  const differences = [
    ...(isSecond ? ['second_payment'] : []),
    ...(isOther && !isRecognised ? ['reference'] : []),
    ...(isTaken ? ['reference'] : []),
    ...differencesOf({ ...payment.order, id: payment.id }, report.order),
  ];
  if (differences.length > 0) return { alert: 'another_order', differences, isDoubt: false };
  const { kind } = movePayment(payment.status, report.status);
  const alert = 'final_status_contradicted';
  if (kind === 'contradiction' || isKnownAfterAll(payment, report))
    return { alert, differences, isDoubt: false };
  if (kind === 'doubt') return { alert, differences, isDoubt: payment.contradictedAt === undefined };
  return undefined;
}

/** The provider refused the initiation, but now reports the payment. */
function isKnownAfterAll({ status, reference }: Payment, report: Report): boolean {
  return status === 'rejected' && reference === undefined && !isNo(report.status);
}

/** Providers write the same id in upper and in lower case. */
export function isSameReference(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/**
 * Whether a report ends the present contradiction: it contains the same order, and its status agrees with Drop's. A
 * second payment at the bank stays a contradiction until a person has resolved it.
 */
export function endsContradiction({ contradiction, status }: Payment, report: Report): boolean {
  if (report.order.kind !== 'read' || contradiction.includes('second_payment')) return false;
  const isOverWithout = status === 'expired' || status === 'failed' || status === 'created';
  const isSaidAgain = report.status === status || (isOverWithout && isNo(report.status));
  return isSaidAgain || movePayment(status, report.status).kind === 'moved';
}
