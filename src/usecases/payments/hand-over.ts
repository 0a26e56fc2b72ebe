import { DropError, isDropError, type ErrorCode } from '#domain/errors.ts';
import { statusAfterHandOver, type HandOverOutcome } from '#domain/payment/conclusion.ts';
import { initiationMsMax } from '#domain/payment/reconciliation.ts';
import { withDeadline } from '#outbound/inherited-deadline.ts';
import type {
  AttendedAccess,
  OpenBankingProvider,
  PaymentInitiation,
  PaymentRequest,
  SteppedPayment,
} from '#services/open-banking/service.ts';
import type { Locale } from '#domain/locale.ts';
import type { Payment } from '#store/payments.ts';
import type { CustomerIdentity } from '../sign-in/customer-identity.ts';
import type { UseCaseContext } from '../context.ts';
import { secretStateOf } from '../banking/secret-state.ts';
import { stopAfterFault } from '../routing/stop-after-fault.ts';
import { readNow } from './reconcile.ts';
import { applyStep } from './step.ts';
import { concludePayment } from './report.ts';
import { webhookUrlAt } from '#services/open-banking/routing.ts';

export interface HandOver {
  payment: Payment;
  /** The state parameter of this attempt. */
  state: string;
  access: AttendedAccess;
  locale: Locale;
  /** What the provider is told of the customer. */
  identity: CustomerIdentity | undefined;
}

/** The call ends this long before another process may conclude that the initiation is unknown. */
const marginMs = 5_000;

/**
 * Hands a claimed payment to its bank, once, and stores the result. Without an answer the payment is `unknown`, and
 * nothing is thrown.
 *
 * @throws {DropError} with outcome `not_sent` or `refused`: the bank does not have it.
 */
export async function handOver(context: UseCaseContext, handing: HandOver): Promise<void> {
  const { payment } = handing;
  const { id, provider: providerId } = payment;
  const provider = context.services.openBanking.pinned(providerId);
  try {
    await withDeadline(leftMs(context, payment), context.clock, () => initiate(context, provider, handing));
  } catch (error) {
    const status = statusAfterHandOver(outcomeOf(error));
    const isConcluded = await concludePayment(context, payment, { status, evidence: 'initiation' });
    if (isConcluded && status !== 'unknown') throw error;
    // The bank may have the order, or a webhook has shown that it does: Drop asks for the status and never sends it
    // again.
    context.log('error', 'the outcome of a payment initiation is unknown', { paymentId: id, error });
  }
}

/** Refusals that come before the provider looks at the payment, and so are not the bank's refusal of it. */
const notLookedAt: readonly ErrorCode[] = [
  'provider_rate_limited',
  'bank_rate_limited',
  'provider_rejected_credentials',
];

/** A process that stood still since it claimed the payment has that much less time, and none in the end. */
function leftMs({ clock }: UseCaseContext, { initiatedAt }: Payment): number {
  const sinceMs = initiatedAt === undefined ? 0 : clock.now().getTime() - initiatedAt.getTime();
  return initiationMsMax - marginMs - sinceMs;
}

function outcomeOf(error: unknown): HandOverOutcome {
  if (!isDropError(error)) return 'unknown';
  const { outcome = 'unknown' } = error.details;
  if (outcome === 'unknown') return 'unknown';
  return outcome === 'not_sent' || notLookedAt.includes(error.code) ? 'not_sent' : 'refused';
}

async function initiate(
  context: UseCaseContext,
  provider: OpenBankingProvider,
  handing: HandOver,
): Promise<void> {
  const { pis } = provider;
  if (!pis) {
    const message = `${provider.id} initiates no payments`;
    throw new DropError('payment_refused_by_bank', { message, outcome: 'not_sent' });
  }
  const { id } = handing.payment;
  const request = requestOf(context, provider, handing);
  const report = await send(context, pis, { request, access: handing.access }).catch(
    async (fault: unknown) => {
      await stopAfterFault(context, provider.id, fault);
      throw fault;
    },
  );
  const { isContradicted } = await applyStep(context, provider, { id, report, evidence: 'initiation' });
  // Where the answer is about another payment, the outcome of this one is not known.
  if (isContradicted)
    await concludePayment(context, handing.payment, { status: 'unknown', evidence: 'initiation' });
  // The bank's first answer may not be final.
  if (report.status === 'unknown') await readNow(context, id);
}

/** An order whose answer was lost is sent once more, but only where the provider recognises it as the same. */
async function send(
  context: UseCaseContext,
  pis: PaymentInitiation,
  { request, access }: { request: PaymentRequest; access: AttendedAccess },
): Promise<SteppedPayment> {
  try {
    return await pis.initiatePayment(request, access);
  } catch (error) {
    if (!pis.idempotentInitiation || !isUnanswered(error)) throw error;
    context.log('warn', 'a payment initiation without an answer is sent again', {
      paymentId: request.paymentId,
      error,
    });
    return sendAgain(pis, { request, access });
  }
}

/** A refusal of the second attempt may be about the second attempt alone: the first may have arrived. */
async function sendAgain(
  pis: PaymentInitiation,
  { request, access }: { request: PaymentRequest; access: AttendedAccess },
): Promise<SteppedPayment> {
  return pis.initiatePayment(request, access).catch((cause: unknown) => {
    const message = 'an initiation that was sent twice had no answer that counts';
    throw new DropError('payment_outcome_unknown', { message, cause, outcome: 'unknown' });
  });
}

function isUnanswered(error: unknown): boolean {
  return !isDropError(error) || (error.details.outcome ?? 'unknown') === 'unknown';
}

function requestOf(
  context: UseCaseContext,
  { id: providerId, webhooks }: OpenBankingProvider,
  { payment, state, locale, identity }: HandOver,
): PaymentRequest {
  return {
    bankId: payment.bankId,
    secrets: secretStateOf(context, { kind: 'payment', id: payment.id }),
    order: payment.order,
    paymentId: payment.id,
    state,
    redirectUri: context.bankCallbackUrlAt(providerId),
    webhookUrl: webhooks && webhookUrlAt(context.baseUrl, providerId),
    customer: { ...identity, id: payment.userId },
    locale,
  };
}
