import { isFinal, moneyMoved, movePayment, paymentTransitions } from '#domain/payment/status.ts';
import type { PaymentReport } from '#services/open-banking/service.ts';
import type { Payment } from '#store/payments.ts';
import { contradictionOf, endsContradiction } from '#usecases/payments/contradiction.ts';
import type { Guards } from './guards.ts';
import type { BankReport, Row } from './world.ts';

/** The row after a process has written. The decisions are those of the production code. */

const order: Payment['order'] = {
  money: { amount: 100, currency: 'NOK' },
  debtorAccountNumber: '12345678903',
  creditorName: 'Nordlys',
  creditorAccountNumber: '95360573002',
  remittance: { kind: 'none' },
  execution: { kind: 'normal' },
};

const referenceOf = (number: number): string => `bank-${number}`;

/** The members of a payment by which the production code judges a report. */
function paymentOf({ status, reference, contradiction }: Row): Payment {
  const judged = {
    id: 'payment',
    status,
    order,
    reference: reference === undefined ? undefined : referenceOf(reference),
    contradictedAt: contradiction && new Date(0),
    contradiction: contradiction ?? [],
  };
  return judged as unknown as Payment;
}

function reportOf({ number, status }: BankReport): PaymentReport {
  const read = { kind: 'read', order } as const;
  return { status, reference: referenceOf(number), order: read } as unknown as PaymentReport;
}

/** Applies the bank's report. Says whether it contradicts the payment. */
export function applied(
  row: Row,
  report: BankReport,
  { isRecognised, guards }: { isRecognised: boolean; guards: Guards },
): { row: Row; isContradicted: boolean } {
  const [payment, reported] = [paymentOf(row), reportOf(report)];
  const contradiction = contradictionOf(payment, reported, { isRecognised, isTaken: false });
  if (contradiction && guards.comparesReports) {
    const { differences } = contradiction;
    const known = row.contradiction ?? [];
    const reference = row.reference ?? (differences.length === 0 ? report.number : undefined);
    const all = [...new Set([...known, ...differences])].toSorted();
    return { row: { ...row, reference, contradiction: all }, isContradicted: true };
  }
  const isMoved = movePayment(row.status, report.status).kind === 'moved' || !guards.neverGoesBack;
  const isEnded = row.contradiction !== undefined && endsContradiction(payment, reported);
  const moved: Row = {
    ...row,
    status: isMoved ? report.status : row.status,
    reference: row.reference ?? report.number,
    contradiction: isEnded ? undefined : row.contradiction,
  };
  return { row: moved, isContradicted: false };
}

/** Stores what Drop concludes by itself, unless the payment has changed since it was `decided`. */
export function concluded(row: Row, decided: Row, to: Row['status'], guards: Guards): Row {
  const isUnchanged =
    row.status === decided.status && row.reference === decided.reference && row.attempt === decided.attempt;
  if (guards.fencesConclusions && !isUnchanged) return row;
  // Only an unsafe Drop concludes that an order without an answer was not sent, which the table has no way for.
  const isUnsafe = to === 'failed' && !(guards.waitsForQuarantine && guards.doubtsLostAnswers);
  if (!isUnsafe && !paymentTransitions[row.status].includes(to)) return row;
  return { ...row, status: to };
}

export function isOver({ status, contradiction }: Row): boolean {
  return isFinal(status) && contradiction === undefined;
}

/** Whether the customer reads that no money has moved and none will. */
export function saysNo({ status, contradiction }: Row): boolean {
  return moneyMoved({ status, isContradicted: contradiction !== undefined }) === 'no';
}
