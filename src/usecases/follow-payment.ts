import { DropError } from '#domain/errors.ts';
import { isFinal, movePayment, type Evidence, type PaymentStatus } from '#domain/payment.ts';
import type { PaymentHint, PaymentReport } from '#services/open-banking/service.ts';
import { announceChange } from '#store/changes.ts';
import type { Queries } from '#store/database.ts';
import {
  appendPaymentEvent,
  findPayment,
  isNotedContradiction,
  lockPayment,
  takeSilentPayments,
  updatePayment,
  type Payment,
} from '#store/payments.ts';
import type { UseCaseContext } from './context.ts';

export interface Told {
  report: PaymentReport;
  redirectUrl: string | undefined;
  evidence: Evidence;
}

/**
 * Applies what a provider says of a payment. Reports may repeat, cross and arrive late: a payment never goes
 * backwards, and a final status that is contradicted stands, is written down and told to the operators.
 */
export async function applyReport(context: UseCaseContext, id: string, told: Told): Promise<void> {
  const concern = await context.store.database.transaction().execute(async (transaction) => {
    const payment = await lockPayment(transaction, { id });
    if (!payment) return undefined;
    if (!isSameOrder(payment, told.report)) {
      const isNew = await noteContradiction(context, transaction, { payment, told });
      return isNew ? 'A bank carries out another order than the one approved' : undefined;
    }
    const move = movePayment(payment.status, told.report.status);
    const isNewlyCredited = told.report.creditorCredited && !payment.creditorCredited;
    if (move.kind === 'ignored' && !isNewlyCredited && !learns(payment, told)) return undefined;
    await write(context, transaction, { payment, told, moved: move.kind === 'moved' });
    if (move.kind === 'ignored') return undefined;
    if (move.kind === 'moved') await note(context, transaction, { payment, told, outcome: 'moved' });
    else if (await noteContradiction(context, transaction, { payment, told }))
      return 'A final payment is contradicted by its bank';
    return undefined;
  });
  if (concern === undefined) return;
  const message = `Payment ${id}; the bank reports ${told.report.wireStatus}. Nothing was changed: see its timeline.`;
  context.log('error', concern, { paymentId: id, wireStatus: told.report.wireStatus });
  await context.services.alerts.sendAlert({ severity: 'critical', title: concern, message });
}

function learns(payment: Payment, told: Told): boolean {
  return (
    payment.reference === undefined || (payment.redirectUrl === undefined && told.redirectUrl !== undefined)
  );
}

/** What the bank carries out must be what the customer approved (RTS Article 5). */
function isSameOrder(payment: Payment, report: PaymentReport): boolean {
  if (!report.order) return true;
  const { money, creditorAccountNumber } = report.order;
  return (
    money.amount === payment.order.money.amount &&
    money.currency === payment.order.money.currency &&
    creditorAccountNumber === payment.order.creditorAccountNumber
  );
}

interface Writing {
  payment: Payment;
  told: Told;
}

async function write(
  context: UseCaseContext,
  transaction: Queries,
  { payment, told, moved }: Writing & { moved: boolean },
): Promise<void> {
  const status = moved ? told.report.status : payment.status;
  await updatePayment(transaction, payment.id, {
    status,
    reason: moved ? reasonOf(status, told.report.reasonCode) : payment.reason,
    reference: payment.reference ?? told.report.reference,
    redirectUrl: isFinal(status) ? undefined : (payment.redirectUrl ?? told.redirectUrl),
    creditorCredited: payment.creditorCredited || told.report.creditorCredited,
    at: context.clock.now(),
  });
  await announceChange(transaction, { userId: payment.userId, kind: 'payment', id: payment.id });
}

async function note(
  context: UseCaseContext,
  transaction: Queries,
  { payment, told, outcome }: Writing & { outcome: 'moved' | 'contradiction' },
): Promise<void> {
  await appendPaymentEvent(transaction, payment.id, {
    status: told.report.status,
    evidence: told.evidence,
    wireStatus: told.report.wireStatus,
    reasonCode: told.report.reasonCode,
    outcome,
    at: context.clock.now(),
  });
}

/** False when the bank said the same before: written down once, told once. */
async function noteContradiction(
  context: UseCaseContext,
  transaction: Queries,
  { payment, told }: Writing,
): Promise<boolean> {
  if (await isNotedContradiction(transaction, payment.id, told.report)) return false;
  await note(context, transaction, { payment, told, outcome: 'contradiction' });
  return true;
}

/** ISO 20022 status reasons for "not enough money". */
const insufficientFundsCodes = new Set(['AM04', 'AM14']);

function reasonOf(status: PaymentStatus, reasonCode: string | undefined): string | undefined {
  switch (status) {
    case 'rejected':
      return reasonCode && insufficientFundsCodes.has(reasonCode) ? 'insufficient_funds' : 'rejected_by_bank';
    case 'cancelled':
      return 'cancelled_by_customer';
    case 'failed':
      return 'not_sent';
    case 'created':
    case 'awaiting_authorisation':
    case 'authorised':
    case 'processing':
    case 'settled':
      return undefined;
  }
}

/** Closes a payment that the bank certainly does not carry out. */
export async function closePayment(
  context: UseCaseContext,
  id: string,
  { status, evidence }: { status: 'rejected' | 'failed'; evidence: Evidence },
): Promise<void> {
  await context.store.database.transaction().execute(async (transaction) => {
    const payment = await lockPayment(transaction, { id });
    if (!payment || movePayment(payment.status, status).kind !== 'moved') return;
    const at = context.clock.now();
    const { reference, redirectUrl, creditorCredited } = payment;
    const reason = evidence === 'poll' ? 'authorisation_expired' : reasonOf(status, undefined);
    await updatePayment(transaction, id, { status, reason, reference, redirectUrl, creditorCredited, at });
    const noted = { status, evidence, wireStatus: undefined, reasonCode: undefined } as const;
    await appendPaymentEvent(transaction, id, { ...noted, outcome: 'moved', at });
    await announceChange(transaction, { userId: payment.userId, kind: 'payment', id });
  });
}

/** Asks the provider what became of a payment, and applies the answer. */
export async function readBack(context: UseCaseContext, payment: Payment, evidence: Evidence): Promise<void> {
  if (payment.reference === undefined) return;
  const { pis } = context.services.openBanking.pinned(payment.provider);
  if (!pis) throw new DropError('internal_error', { message: `${payment.provider} initiates no payments` });
  const { id, reference, traceparent } = payment;
  // It goes on the trace of the request that began the payment, and points to what made Drop ask now.
  const span = { name: `payment ${evidence}`, kind: 'internal', parent: traceparent } as const;
  await context.tracing.run({ ...span, link: context.tracing.current() }, async () => {
    const report = await pis.readPayment(reference);
    await applyReport(context, id, { report, redirectUrl: undefined, evidence });
  });
}

/** Acts on "a payment changed": it is read back, and that is what counts. */
export async function followPaymentHint(context: UseCaseContext, hint: PaymentHint): Promise<void> {
  const key = { provider: hint.provider, reference: hint.reference };
  const payment = await findPayment(context.store.database, key);
  if (payment) return readBack(context, payment, 'webhook');
  // It can be faster than the answer to the initiation; so it is tried again a few times.
  throw new DropError('payment_unknown', { message: 'a webhook names a payment that Drop does not know' });
}

const silentMs = 20_000;
const readsMax = 50;

/** How long a bank may take to say that it has an order after all. */
const lostMs = 30 * 60_000;

/**
 * Without the provider's reference there is nothing to ask about. Where the customer would have had to approve, which
 * nobody can without that reference, such a payment is over after half an hour; elsewhere it stays open.
 */
async function readOrGiveUp(context: UseCaseContext, payment: Payment): Promise<void> {
  if (payment.reference !== undefined) return readBack(context, payment, 'poll');
  const { pis } = context.services.openBanking.pinned(payment.provider);
  const ageMs = context.clock.now().getTime() - payment.createdAt.getTime();
  if (pis?.needsApproval !== true || ageMs < lostMs) return;
  await closePayment(context, payment.id, { status: 'failed', evidence: 'poll' });
}

/** Asks about payments whose webhooks may have been lost. */
export async function followSilentPayments(context: UseCaseContext): Promise<void> {
  const limits = { silentMs, limit: readsMax };
  for (const id of await takeSilentPayments(context.store.database, context.clock.now(), limits)) {
    const payment = await findPayment(context.store.database, { id });
    if (!payment) continue;
    await readOrGiveUp(context, payment).catch((error: unknown) => {
      context.log('warn', 'a payment could not be read', { paymentId: id, error });
    });
  }
}
