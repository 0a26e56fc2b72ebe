import { noStep, type NextStep } from '#domain/banking/next-step.ts';
import type { Evidence } from '#domain/payment/status.ts';
import type { OpenBankingProvider, SteppedPayment } from '#services/open-banking/service.ts';
import { alertKinds, raise } from '../alerts.ts';
import { isSafeStep } from '../banking/safe-step.ts';
import type { UseCaseContext } from '../context.ts';
import { applyReport } from './report.ts';

/**
 * Applies an answer that says what the customer does next. An address that is not allowed is reported and not kept.
 * Returns whether the report contradicts the payment.
 */
export async function applyStep(
  context: UseCaseContext,
  provider: OpenBankingProvider,
  { id, report, evidence }: { id: string; report: SteppedPayment; evidence: Evidence },
): Promise<boolean> {
  const next = safeStep(context, provider, report.next);
  const isContradicted = await applyReport(context, id, { report, next, evidence });
  if (next !== report.next) reportUnsafeRedirect(context, provider, id);
  return isContradicted;
}

/** The step, or none where it leads to an address that is not allowed. */
export function safeStep(context: UseCaseContext, provider: OpenBankingProvider, next: NextStep): NextStep {
  return isSafeStep(context, provider, next) ? next : noStep;
}

/** The customer is not redirected; the bank lets a payment expire that is not approved. */
export function reportUnsafeRedirect(
  context: UseCaseContext,
  provider: OpenBankingProvider,
  paymentId: string,
): void {
  const { title } = alertKinds.redirect_not_allowed;
  context.log('error', title, { paymentId, provider: provider.id });
  void raise(context.services.alerts, 'redirect_not_allowed', { provider: provider.id, paymentId });
}
