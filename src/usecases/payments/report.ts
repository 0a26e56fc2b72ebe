import { boundedAskAgainMs, redirectUrlOf, type NextStep } from '#domain/banking/next-step.ts';
import { statusOfOrder } from '#domain/payment/execution.ts';
import type { PaymentFailureReason } from '#domain/payment/reason.ts';
import { initiationMsMax, nextReadingMs } from '#domain/payment/reconciliation.ts';
import {
  isFinal,
  movePayment,
  paymentTransitions,
  type Evidence,
  type PaymentStatus,
} from '#domain/payment/status.ts';
import { inheritedArrival } from '#outbound/inherited-arrival.ts';
import { announceChange } from '#store/changes.ts';
import type { OpenTransaction, Queries } from '#store/database.ts';
import { appendPaymentEvent, isNotedContradiction } from '#store/payment-events.ts';
import {
  findPayment,
  lockPayment,
  updatePayment,
  type Payment,
  type PaymentUpdate,
} from '#store/payments.ts';
import { alertKinds } from '../alerts/kinds.ts';
import { alertConditionIn } from '../alerts/conditions.ts';
import type { UseCaseContext } from '../context.ts';
import { approvalLink, keptLink } from './approval-link.ts';
import { contradictionOf, endsContradiction, type Contradiction, type Report } from './contradiction.ts';
import { tellOutcome } from './tell-outcome.ts';

/** A report, with its source. */
export interface StatusUpdate {
  report: Report;
  /** The customer's next step, which is safe; undefined where the report says nothing of it. */
  next?: NextStep | undefined;
  evidence: Evidence;
  /** Whether the payment was recognised by its end-to-end identification, not read by its reference. */
  isRecognised?: boolean;
  /** Whether the bank carried the same order out more than once. */
  isRepeated?: boolean;
}

/** A payment after a report. */
export interface AppliedReport {
  /** Whether the report contradicts it. */
  isContradicted: boolean;
  /** Whether its status is final, or there is no such payment. */
  isOver: boolean;
}

/**
 * Applies a provider's report to a payment. Reports may repeat, cross and arrive late; a payment never goes backwards.
 * A report about another payment or another order changes no status, and neither does one that denies a final status.
 * Both are noted in the timeline and reported to the operators, and the customer reads that it is not known whether
 * money has moved.
 */
export async function applyReport(
  context: UseCaseContext,
  id: string,
  update: StatusUpdate,
): Promise<AppliedReport> {
  const judged = await context.store.database.transaction().execute(async (transaction) => {
    const payment = await lockPayment(transaction, { id });
    if (!payment) return { isOver: true };
    const isTaken = await isOfAnother(transaction, payment, update.report);
    const status = statusOfOrder(update.report.status, payment.order.execution, context.clock.now());
    const report = { ...update.report, status };
    // An initiation is answered about the order that was handed over, whichever reference the answer names.
    const isRecognised = update.isRecognised ?? update.evidence === 'initiation';
    const attribution = { isRecognised, isTaken, isRepeated: update.isRepeated };
    const contradiction = contradictionOf(payment, report, attribution);
    const writing = { payment, update: { ...update, report } };
    if (contradiction === undefined) {
      const { status, move } = await takeOver(context, transaction, writing);
      return { isOver: isFinal(status), move: move && { payment, ...move } };
    }
    const isNew = await noteContradiction(context, transaction, { ...writing, contradiction });
    const { alert, differences } = contradiction;
    const { provider, bankName: bank, status: heldStatus } = payment;
    const { wireStatus } = update.report;
    const said = { paymentId: id, provider, bank, heldStatus, wireStatus, differences };
    if (isNew) await alertConditionIn(context, transaction, alert, { subject: id, parameters: said });
    return { isOver: isFinal(payment.status), contradicted: { alert, said, isNew } };
  });
  const { isOver, move, contradicted } = judged;
  if (move) noteMove(context, move.payment, move);
  if (contradicted?.isNew) {
    const { alert, said } = contradicted;
    context.log('error', alertKinds[alert].title, { alert, ...said });
  }
  return { isOver, isContradicted: contradicted !== undefined };
}

/** Whether `payment` has no reference yet and the report's belongs to another payment. */
async function isOfAnother(
  transaction: Queries,
  { id, provider, reference: known }: Payment,
  { reference }: Report,
): Promise<boolean> {
  if (known !== undefined || reference === undefined) return false;
  const other = await findPayment(transaction, { provider, reference });
  return other !== undefined && other.id !== id;
}

interface Writing {
  payment: Payment;
  update: StatusUpdate;
}

/** A change of status. */
interface Move {
  userId: string;
  from: PaymentStatus;
  to: PaymentStatus;
  evidence: Evidence;
}

/** Writes the line of a move, and measures it, once it is committed. `payment` is as it was before. */
export function noteMove(
  { log, clock, onPaymentMoved }: Pick<UseCaseContext, 'log' | 'clock' | 'onPaymentMoved'>,
  payment: Pick<Payment, 'id' | 'askedAt' | 'initiatedAt' | 'createdAt'>,
  move: Move,
): void {
  // Each is named: the caller's object may hold the whole payment.
  const { userId, from, to, evidence } = move;
  log('info', 'a payment moved', { paymentId: payment.id, userId, from, to, evidence });
  const arrivedAt = evidence === 'webhook' ? inheritedArrival() : undefined;
  const since = arrivedAt ?? payment.askedAt ?? payment.initiatedAt ?? payment.createdAt;
  onPaymentMoved?.({ from, to, evidence, unknownForMs: clock.now().getTime() - since.getTime() });
}

/** Stores the news of a report that contradicts nothing; returns the status that the payment then has. */
async function takeOver(
  context: UseCaseContext,
  transaction: OpenTransaction,
  { payment, update }: Writing,
): Promise<{ status: PaymentStatus; move?: Move }> {
  const { report } = update;
  const isMoved = movePayment(payment.status, report.status).kind === 'moved';
  const isEnded = payment.contradictedAt !== undefined && endsContradiction(payment, report);
  if (!isMoved && !isEnded && !learns(context, payment, update)) return { status: payment.status };
  const status: PaymentStatus = isMoved ? report.status : payment.status;
  const contradictedAt = isEnded ? undefined : payment.contradictedAt;
  await write(context, transaction, payment, {
    status,
    reason: isMoved ? reasonOf(status, report.reason) : reasonToWait(payment, report),
    reference: payment.reference ?? report.reference,
    ...(isFinal(status) ? noWayOn : wayOn(context, payment, update.next)),
    creditorCredited: payment.creditorCredited || report.creditorCredited,
    contradictedAt,
    contradiction: payment.contradiction,
  });
  if (isMoved) await note(context, transaction, { payment, update, outcome: 'moved', differences: [] });
  if (isMoved || isEnded)
    await tellOutcome(context, transaction, payment, { status, contradictedAt, evidence: update.evidence });
  const { userId, status: from } = payment;
  return isMoved ? { status, move: { userId, from, to: status, evidence: update.evidence } } : { status };
}

function learns(context: UseCaseContext, payment: Payment, { report, next }: StatusUpdate): boolean {
  if (payment.reference === undefined && report.reference !== undefined) return true;
  if (report.creditorCredited && !payment.creditorCredited) return true;
  if (reasonToWait(payment, report) !== payment.reason) return true;
  return !isFinal(payment.status) && next !== undefined && !isSameWay(context, payment, next);
}

/**
 * Why a payment that does not move waits, as the latest report says: some banks wait for money on the account. A report
 * of an earlier status is late and says nothing of now.
 */
function reasonToWait({ status, reason }: Payment, report: Report): string | undefined {
  const isOfNow = report.status === status || report.status === 'unknown';
  return isOfNow && !isFinal(status) ? report.reason : reason;
}

type WayOn = Pick<Payment, 'redirectUrl' | 'decoupledStep'>;

const noWayOn: WayOn = { redirectUrl: undefined, decoupledStep: undefined };

/** How the customer goes on, as the latest report says that says anything of it. */
function wayOn(context: UseCaseContext, payment: Payment, next: NextStep | undefined): WayOn {
  const { id, redirectUrl, decoupledStep } = payment;
  if (next === undefined || isSameWay(context, payment, next)) return { redirectUrl, decoupledStep };
  return {
    redirectUrl: next.kind === 'redirect' ? keptLink(context, id, next) : undefined,
    decoupledStep: next.kind === 'decoupled' ? next : undefined,
  };
}

/** Sealing the same link anew would be a change where there is none. */
function isSameWay(context: UseCaseContext, payment: Payment, next: NextStep): boolean {
  const { message, askAgainMs } = payment.decoupledStep ?? {};
  if (next.kind === 'decoupled') return next.askAgainMs === askAgainMs && next.message === message;
  return approvalLink(context, payment) === redirectUrlOf(next) && payment.decoupledStep === undefined;
}

/**
 * Writes `change` and the time of the next reading, of which there is none once the payment is over and uncontradicted.
 */
async function write(
  context: UseCaseContext,
  transaction: Queries,
  payment: Payment,
  change: Omit<PaymentUpdate, 'at' | 'dueAt'>,
): Promise<void> {
  const at = context.clock.now();
  const dueAt = nextDue(payment, change, at);
  await updatePayment(transaction, payment.id, { ...change, at, dueAt });
  await announceChange(transaction, { userId: payment.userId, kind: 'payment', id: payment.id });
}

/** A bank that begins to contradict Drop is asked again at once. */
const doubtMs = 2_000;

function nextDue(
  payment: Payment,
  change: Pick<PaymentUpdate, 'status' | 'contradictedAt' | 'decoupledStep'>,
  at: Date,
): Date | undefined {
  const { status, contradictedAt, decoupledStep } = change;
  if (isFinal(status) && contradictedAt === undefined) return undefined;
  const isNew = contradictedAt !== undefined && payment.contradictedAt === undefined;
  const readingMs = isNew ? doubtMs : nextReadingMs({ ...payment, status }, at);
  const leastMs = decoupledStep === undefined ? 0 : boundedAskAgainMs(decoupledStep);
  // A decoupled approval has no return: the payment is read as soon as the provider wants to be asked, and no sooner.
  const isFirst = decoupledStep !== undefined && payment.decoupledStep === undefined;
  const dueMs = at.getTime() + (isFirst ? leastMs : Math.max(readingMs, leastMs));
  // While the hand-over may still be under way, nothing is concluded.
  const initiatedMs = (payment.initiatedAt ?? payment.createdAt).getTime();
  return new Date(status === 'initiating' ? Math.max(dueMs, initiatedMs + initiationMsMax) : dueMs);
}

async function note(
  context: UseCaseContext,
  transaction: Queries,
  event: Writing & { outcome: 'moved' | 'contradiction'; differences: readonly string[] },
): Promise<void> {
  const { payment, update, outcome, differences } = event;
  const { status, wireStatus, reasonCode } = update.report;
  const at = context.clock.now();
  const noted = { status, wireStatus, reasonCode, evidence: update.evidence };
  const salt = context.entropy.token();
  await appendPaymentEvent(transaction, payment, { ...noted, outcome, differences, at, salt });
}

/** False when the operators need not be told: at a first doubt, or when the bank repeats an earlier report. */
async function noteContradiction(
  context: UseCaseContext,
  transaction: Queries,
  event: Writing & { contradiction: Contradiction },
): Promise<boolean> {
  const { payment, update, contradiction } = event;
  const { differences, isDoubt } = contradiction;
  await keepContradiction(context, transaction, event);
  if (isDoubt) return false;
  const isKnown = differences.length > 0 && differences.every((each) => payment.contradiction.includes(each));
  const { status, wireStatus } = update.report;
  const said = { status, wireStatus, differences, since: payment.contradictedAt ?? context.clock.now() };
  if (payment.contradictedAt && (await isNotedContradiction(transaction, payment.id, said))) return false;
  await note(context, transaction, { payment, update, outcome: 'contradiction', differences });
  return !(payment.contradictedAt && isKnown);
}

async function keepContradiction(
  context: UseCaseContext,
  transaction: Queries,
  { payment, update, contradiction: { differences } }: Writing & { contradiction: Contradiction },
): Promise<void> {
  const { status, reason, redirectUrl, decoupledStep, creditorCredited } = payment;
  // The same order under a reference that was not known yet: the bank can be asked by it.
  const reference = payment.reference ?? (differences.length === 0 ? update.report.reference : undefined);
  const contradiction = [...new Set([...payment.contradiction, ...differences])];
  const isKnown =
    payment.contradictedAt !== undefined &&
    reference === payment.reference &&
    contradiction.length === payment.contradiction.length;
  if (isKnown) return;
  const contradictedAt = payment.contradictedAt ?? context.clock.now();
  const kept = { status, reason, redirectUrl, decoupledStep, creditorCredited };
  await write(context, transaction, payment, { ...kept, reference, contradictedAt, contradiction });
}

function reasonOf(status: PaymentStatus, reported?: PaymentFailureReason): PaymentFailureReason | undefined {
  switch (status) {
    case 'rejected':
      return reported ?? 'rejected_by_bank';
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

/**
 * Stores a status that Drop concludes without a report: no answer, not sent, refused, or out of time. The conclusion
 * holds only for the payment as `decided` describes it: returns false and writes nothing when the payment has changed
 * since.
 */
export async function concludePayment(
  context: UseCaseContext,
  decided: Pick<Payment, 'id' | 'status' | 'reference' | 'initiatedAt'>,
  { status, evidence }: { status: 'unknown' | 'rejected' | 'expired' | 'failed'; evidence: Evidence },
): Promise<boolean> {
  const before = await context.store.database.transaction().execute(async (transaction) => {
    const payment = await lockPayment(transaction, { id: decided.id });
    if (!payment || !isUnchanged(payment, decided)) return undefined;
    if (!paymentTransitions[payment.status].includes(status)) return undefined;
    const { reference, creditorCredited, contradictedAt, contradiction } = payment;
    const kept = { reference, creditorCredited, contradictedAt, contradiction };
    const way = isFinal(status) ? noWayOn : wayOn(context, payment, undefined);
    await write(context, transaction, payment, { status, reason: reasonOf(status), ...way, ...kept });
    const noted = { status, evidence, wireStatus: undefined, reasonCode: undefined } as const;
    const at = context.clock.now();
    const event = { ...noted, outcome: 'moved', differences: [], at, salt: context.entropy.token() } as const;
    await appendPaymentEvent(transaction, payment, event);
    await tellOutcome(context, transaction, payment, { status, contradictedAt, evidence });
    return payment;
  });
  if (before === undefined) return false;
  noteMove(context, before, { userId: before.userId, from: before.status, to: status, evidence });
  return true;
}

function isUnchanged(
  payment: Payment,
  { status, reference, initiatedAt }: Pick<Payment, 'status' | 'reference' | 'initiatedAt'>,
): boolean {
  const isSameAttempt = payment.initiatedAt?.getTime() === initiatedAt?.getTime();
  return payment.status === status && payment.reference === reference && isSameAttempt;
}
