import { noStep, type NextStep } from '#domain/banking/next-step.ts';
import type { Evidence } from '#domain/payment/status.ts';
import type { OpenBankingProvider, SteppedPayment } from '#services/open-banking/service.ts';
import { alertKinds } from '../alerts/kinds.ts';
import { meetCondition } from '../alerts/conditions.ts';
import { safeStepOf } from '../banking/safe-step.ts';
import type { UseCaseContext } from '../context.ts';
import { readNow } from './reconcile.ts';
import { applyReport, type AppliedReport } from './report.ts';

/** An answer about a payment, and its source. */
export interface SteppedUpdate {
  id: string;
  report: SteppedPayment;
  evidence: Evidence;
}

/** What an answer leads to. */
export interface AppliedStep {
  isContradicted: boolean;
  /** The customer's next step; none where the answer contradicts the payment, and for a payment that is over. */
  next: NextStep;
}

/**
 * Applies an answer that says how the customer approves the payment. An address that is not allowed is reported and not
 * kept.
 */
export async function applyStep(
  context: UseCaseContext,
  provider: OpenBankingProvider,
  update: SteppedUpdate,
): Promise<AppliedStep> {
  const { id, report, evidence } = update;
  const next = await safeStep(context, provider, update);
  const applied = await applyReport(context, id, { report: believed(report), next, evidence });
  return stepAfter(context, update, { ...applied, next });
}

/**
 * Applies the answer to a cancellation, whose step is not kept: the step by which the customer approves the payment
 * stays.
 */
export async function applyCancellation(
  context: UseCaseContext,
  provider: OpenBankingProvider,
  update: SteppedUpdate,
): Promise<AppliedStep> {
  const { id, report, evidence } = update;
  const next = await safeStep(context, provider, update);
  const applied = await applyReport(context, id, { report: believed(report), evidence });
  return stepAfter(context, update, { ...applied, next });
}

/** Whether the answer calls the payment settled without saying of which order. */
const isUnproven = ({ status, order }: SteppedPayment): boolean =>
  status === 'settled' && order.kind === 'not_promised';

/** A payment has settled only where the order that the bank carried out was compared with the approved one. */
function believed(report: SteppedPayment): SteppedPayment {
  return isUnproven(report) ? { ...report, status: 'processing', creditorCredited: false } : report;
}

/** A customer who is led on would approve another payment, or one that is over. */
async function stepAfter(
  context: UseCaseContext,
  { id, report }: SteppedUpdate,
  { isContradicted, isOver, next }: AppliedReport & AppliedStep,
): Promise<AppliedStep> {
  if (isUnproven(report)) await readNow(context, id);
  const isLedOn = !isContradicted && !isOver && !isUnproven(report);
  return { isContradicted, next: isLedOn ? next : noStep };
}

/** The step, or none where it leads to an address that is not allowed. */
async function safeStep(
  context: UseCaseContext,
  provider: OpenBankingProvider,
  { id, report }: SteppedUpdate,
): Promise<NextStep> {
  const safe = safeStepOf(context, provider, report.next);
  if (safe === undefined) await reportUnsafeRedirect(context, provider, id);
  return safe ?? noStep;
}

/** The customer is not redirected; the bank lets a payment expire that is not approved. */
async function reportUnsafeRedirect(
  context: UseCaseContext,
  provider: OpenBankingProvider,
  paymentId: string,
): Promise<void> {
  const { title } = alertKinds.redirect_not_allowed;
  context.log('error', title, { alert: 'redirect_not_allowed', paymentId, provider: provider.id });
  await meetCondition(context, 'redirect_not_allowed', {
    subject: provider.id,
    parameters: { provider: provider.id, paymentId },
  });
}
