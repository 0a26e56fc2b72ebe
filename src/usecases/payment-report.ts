import { differencesOf } from '#domain/payment/order.ts';
import {
  isFinal,
  movePayment,
  paymentTransitions,
  type Evidence,
  type PaymentStatus,
} from '#domain/payment/status.ts';
import { nextReadingMs } from '#domain/payment/follow-up.ts';
import type { PaymentReport } from '#services/open-banking/service.ts';
import { announceChange } from '#store/changes.ts';
import type { Queries } from '#store/database.ts';
import { appendPaymentEvent, isNotedContradiction } from '#store/payment-events.ts';
import { lockPayment, updatePayment, type Payment, type PaymentUpdate } from '#store/payments.ts';
import type { UseCaseContext } from './context.ts';

/** A report, with what brought it. */
export interface Told {
  report: PaymentReport;
  redirectUrl: string | undefined;
  evidence: Evidence;
}

interface Contradiction {
  title: string;
  /** Members of the order that differ, or `reference`; none where it is the status that cannot be true. */
  differences: readonly string[];
}

/**
 * Applies what a provider says of a payment. Reports may repeat, cross and arrive late: a payment never goes
 * backwards. A report that is about another payment or another order than the one that was asked about moves nothing,
 * and a final status that is denied stands; both are written down, told to the operators once, and leave it open to
 * the customer whether money has moved.
 */
export async function applyReport(context: UseCaseContext, id: string, told: Told): Promise<void> {
  const alarm = await context.store.database.transaction().execute(async (transaction) => {
    const payment = await lockPayment(transaction, { id });
    if (!payment) return undefined;
    const contradiction = contradictionOf(payment, told.report);
    if (contradiction === undefined) return void (await takeOver(context, transaction, { payment, told }));
    const isNew = await noteContradiction(context, transaction, { payment, told, contradiction });
    return isNew ? contradiction : undefined;
  });
  if (alarm) await raise(context, { id, told, contradiction: alarm });
}

function contradictionOf(payment: Payment, report: PaymentReport): Contradiction | undefined {
  const isOther = payment.reference !== undefined && payment.reference !== report.reference;
  const differing = differencesOf({ ...payment.order, id: payment.id }, report.order);
  const differences = [...(isOther ? ['reference'] : []), ...differing];
  if (differences.length > 0)
    return { title: 'A bank carries out another order than the one approved', differences };
  if (movePayment(payment.status, report.status).kind !== 'contradiction') return undefined;
  return { title: 'A final payment is contradicted by its bank', differences };
}

interface Writing {
  payment: Payment;
  told: Told;
}

/** Takes over what is new in a report that contradicts nothing. */
async function takeOver(
  context: UseCaseContext,
  transaction: Queries,
  { payment, told }: Writing,
): Promise<void> {
  const { report } = told;
  const isMoved = movePayment(payment.status, report.status).kind === 'moved';
  const isAgreed = isMoved || report.status === payment.status;
  if (!isMoved && !learns(payment, told) && !(payment.contradictedAt && isAgreed)) return;
  const status: PaymentStatus = isMoved ? report.status : payment.status;
  await write(context, transaction, payment, {
    status,
    reason: isMoved ? reasonOf(status, report.reasonCode) : payment.reason,
    reference: payment.reference ?? report.reference,
    redirectUrl: isFinal(status) ? undefined : (payment.redirectUrl ?? told.redirectUrl),
    creditorCredited: payment.creditorCredited || report.creditorCredited,
    contradictedAt: isAgreed ? undefined : payment.contradictedAt,
  });
  if (isMoved) await note(context, transaction, { payment, told, outcome: 'moved', differences: [] });
}

function learns(payment: Payment, { report, redirectUrl }: Told): boolean {
  if (payment.reference === undefined || (report.creditorCredited && !payment.creditorCredited)) return true;
  return !isFinal(payment.status) && payment.redirectUrl === undefined && redirectUrl !== undefined;
}

/** Writes `change`, and when the bank is to be asked next: never again once the payment is over and uncontradicted. */
async function write(
  context: UseCaseContext,
  transaction: Queries,
  payment: Payment,
  change: Omit<PaymentUpdate, 'at' | 'dueAt'>,
): Promise<void> {
  const at = context.clock.now();
  const isOver = isFinal(change.status) && change.contradictedAt === undefined;
  const dueAt = isOver ? undefined : new Date(at.getTime() + nextReadingMs(payment, at));
  await updatePayment(transaction, payment.id, { ...change, at, dueAt });
  await announceChange(transaction, { userId: payment.userId, kind: 'payment', id: payment.id });
}

async function note(
  context: UseCaseContext,
  transaction: Queries,
  event: Writing & { outcome: 'moved' | 'contradiction'; differences: readonly string[] },
): Promise<void> {
  const { payment, told, outcome, differences } = event;
  const { status, wireStatus, reasonCode } = told.report;
  const at = context.clock.now();
  const noted = { status, wireStatus, reasonCode, evidence: told.evidence };
  await appendPaymentEvent(transaction, payment.id, { ...noted, outcome, differences, at });
}

/** False when the bank said the same before: written down once, told once. */
async function noteContradiction(
  context: UseCaseContext,
  transaction: Queries,
  event: Writing & { contradiction: Contradiction },
): Promise<boolean> {
  const { payment, told, contradiction } = event;
  const { differences } = contradiction;
  if (!payment.contradictedAt) {
    const { status, reason, redirectUrl, creditorCredited } = payment;
    // The same order under an id that was not known yet: by it the bank can be asked.
    const reference = payment.reference ?? (differences.length === 0 ? told.report.reference : undefined);
    const contradictedAt = context.clock.now();
    const kept = { status, reason, redirectUrl, creditorCredited };
    await write(context, transaction, payment, { ...kept, reference, contradictedAt });
  }
  if (await isNotedContradiction(transaction, payment.id, told.report)) return false;
  await note(context, transaction, { payment, told, outcome: 'contradiction', differences });
  return true;
}

async function raise(
  context: UseCaseContext,
  alarm: { id: string; told: Told; contradiction: Contradiction },
): Promise<void> {
  const { id, told, contradiction } = alarm;
  const { title, differences } = contradiction;
  const { wireStatus } = told.report;
  const differing = differences.length === 0 ? '' : `, with another ${differences.join(', ')}`;
  const message = `Payment ${id}; the bank reports ${wireStatus}${differing}. Nothing was changed: see its timeline.`;
  context.log('error', title, { paymentId: id, wireStatus, differences });
  await context.services.alerts.sendAlert({ severity: 'critical', title, message });
}

/** ISO 20022 status reasons for "not enough money". */
const insufficientFundsCodes = new Set(['AM04', 'AM14']);

function reasonOf(status: PaymentStatus, reasonCode?: string): string | undefined {
  switch (status) {
    case 'rejected':
      return reasonCode && insufficientFundsCodes.has(reasonCode) ? 'insufficient_funds' : 'rejected_by_bank';
    case 'cancelled':
      return 'cancelled_by_customer';
    case 'expired':
      return 'authorisation_expired';
    case 'failed':
      return 'not_sent';
    case 'created':
    case 'initiating':
    case 'unknown':
    case 'awaiting_authorisation':
    case 'authorised':
    case 'scheduled':
    case 'processing':
    case 'settled':
      return undefined;
  }
}

/** What Drop itself finds out of a payment that no report tells of: no answer, not sent, refused, out of time. */
export async function concludePayment(
  context: UseCaseContext,
  id: string,
  { status, evidence }: { status: 'unknown' | 'rejected' | 'expired' | 'failed'; evidence: Evidence },
): Promise<void> {
  await context.store.database.transaction().execute(async (transaction) => {
    const payment = await lockPayment(transaction, { id });
    if (!payment || !paymentTransitions[payment.status].includes(status)) return;
    const { reference, redirectUrl, creditorCredited, contradictedAt } = payment;
    const kept = { reference, creditorCredited, contradictedAt };
    const shownRedirectUrl = isFinal(status) ? undefined : redirectUrl;
    const reason = reasonOf(status);
    await write(context, transaction, payment, { status, reason, redirectUrl: shownRedirectUrl, ...kept });
    const at = context.clock.now();
    const noted = { status, evidence, wireStatus: undefined, reasonCode: undefined } as const;
    await appendPaymentEvent(transaction, id, { ...noted, outcome: 'moved', differences: [], at });
  });
}
