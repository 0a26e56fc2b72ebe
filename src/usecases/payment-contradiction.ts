import { differencesOf } from '#domain/payment/order.ts';
import { isNo, movePayment } from '#domain/payment/status.ts';
import type { PaymentReport } from '#services/open-banking/service.ts';
import type { Payment } from '#store/payments.ts';

/** Why a report cannot be true beside what Drop holds. */
export interface Contradiction {
  /** Of the alert. */
  title: string;
  /**
   * What is another one: members of the order; `reference` where the answer is about another payment than the one that
   * was asked about; `second_payment` where the bank has two under one end-to-end identification. None where it is the
   * status that cannot be true.
   */
  differences: readonly string[];
  /** Whether two answers may have crossed: then it is told only when the bank says so again. */
  isDoubt: boolean;
}

/** How a report came to be applied to a payment. */
export interface Attribution {
  /** It was recognised by its end-to-end identification, and not asked for by its reference. */
  isRecognised: boolean;
  /** Its reference is that of another payment of Drop's. */
  isTaken: boolean;
}

/** Judges what a provider says against the payment that it is said to be about. Pure. */
export function contradictionOf(
  payment: Payment,
  report: PaymentReport,
  { isRecognised, isTaken }: Attribution,
): Contradiction | undefined {
  const isOther = payment.reference !== undefined && !isSameReference(payment.reference, report.reference);
  const differences = [
    ...(isOther ? [isRecognised ? 'second_payment' : 'reference'] : []),
    ...(isTaken ? ['reference'] : []),
    ...differencesOf({ ...payment.order, id: payment.id }, report.order),
  ];
  if (differences.length > 0) {
    const title = 'A bank carries out another order than the one approved';
    return { title, differences, isDoubt: false };
  }
  const { kind } = movePayment(payment.status, report.status);
  const title = 'A final payment is contradicted by its bank';
  if (kind === 'contradiction' || isKnownAfterAll(payment, report))
    return { title, differences, isDoubt: false };
  if (kind === 'doubt') return { title, differences, isDoubt: payment.contradictedAt === undefined };
  return undefined;
}

/** A provider refused to take the payment, and has it. */
function isKnownAfterAll({ status, reference }: Payment, report: PaymentReport): boolean {
  return status === 'rejected' && reference === undefined && !isNo(report.status);
}

/** Providers write the same id in capitals and in small letters. */
export function isSameReference(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/**
 * Whether a report ends the contradiction that stands: it holds the order, which is the same, and the status agrees. A
 * second payment at the bank stays one until a person has seen to it.
 */
export function endsContradiction({ contradiction, status }: Payment, report: PaymentReport): boolean {
  if (report.order.kind !== 'read' || contradiction.includes('second_payment')) return false;
  const isOverWithout = status === 'expired' || status === 'failed' || status === 'created';
  const isSaidAgain = report.status === status || (isOverWithout && isNo(report.status));
  return isSaidAgain || movePayment(status, report.status).kind === 'moved';
}
