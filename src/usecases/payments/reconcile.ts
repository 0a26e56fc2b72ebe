import { DropError, isDropError } from '#domain/errors.ts';
import { paymentIdOf } from '#domain/payment/end-to-end-id.ts';
import { isFinal, type Evidence } from '#domain/payment/status.ts';
import { concerning } from '#outbound/inherited-ids.ts';
import { onBehalfOf } from '#outbound/inherited-customer.ts';
import type {
  PaymentHint,
  PaymentInitiation,
  PaymentKey,
  PaymentReport,
} from '#services/open-banking/service.ts';
import { hasUnansweredOrder } from '#store/due-payments.ts';
import { findPayment, type Payment } from '#store/payments.ts';
import type { UseCaseContext } from '../context.ts';
import { secretStateOf } from '../banking/secret-state.ts';
import { isSameReference } from './contradiction.ts';
import { applyReport } from './report.ts';

/** Reads a payment at the provider, and applies the answer. */
export async function readBack(context: UseCaseContext, payment: Payment, evidence: Evidence): Promise<void> {
  const { id, userId, reference, bankId, traceparent } = payment;
  if (reference === undefined) return;
  const pis = paymentInitiation(context, payment.provider);
  // The reading continues the trace of the request that began the payment, and links to the trace that caused it.
  const span = { name: `payment ${evidence}`, kind: 'internal', parent: traceparent } as const;
  await context.tracing.run({ ...span, link: context.tracing.current() }, async () => {
    const key = { reference, bankId, secrets: secretStateOf(context, { kind: 'payment', id }) };
    await concerning({ userId, paymentId: id }, async () => {
      const report = await onBehalfOf(userId, () => pis.readPayment(key));
      await applyReport(context, id, { report, evidence });
    });
  });
}

/** Reads a payment once more before the customer is told. One that cannot be read now is read later. */
export async function readNow(context: UseCaseContext, id: string): Promise<void> {
  const payment = await findPayment(context.store.database, { id });
  if (!payment) return;
  await readBack(context, payment, 'poll').catch((error: unknown) => {
    context.log('warn', 'a payment could not be read', { paymentId: id, error });
  });
}

/**
 * Handles the hint that a payment changed: Drop reads the payment, and only that answer counts. A payment whose
 * reference Drop does not know is read, too, and recognised by its end-to-end identification, which finds payments
 * whose initiation had no answer.
 *
 * @throws {DropError} `payment_unknown` when the payment is not Drop's; `provider_invalid_response` when the answer is
 * about another payment; and the errors of reading.
 */
export async function reconcileHintedPayment(context: UseCaseContext, hint: PaymentHint): Promise<void> {
  const { provider, reference } = hint;
  const known = await findPayment(context.store.database, { provider, reference });
  if (known) return readHinted(context, known);
  const pis = paymentInitiation(context, provider);
  const unknownKey = { reference, bankId: undefined, secrets: undefined };
  const read = await readUnknown(context, provider, () => readOnly(pis, unknownKey));
  if (read === 'later') return;
  const payment = await recognised(context, provider, read);
  // A webhook can be faster than the answer to the initiation, so it is tried again a few times.
  if (!payment) {
    throw new DropError('payment_unknown', { message: 'a webhook names a payment that Drop does not know' });
  }
  // The meaning of a status depends on the bank, which Drop takes from its own record and not from the answer.
  const { id, userId, bankId } = payment;
  const key = { reference, bankId, secrets: secretStateOf(context, { kind: 'payment', id }) };
  const report = await concerning({ paymentId: id }, () => onBehalfOf(userId, () => readOnly(pis, key)));
  await applyReport(context, id, { report, evidence: 'webhook', isRecognised: true });
}

/**
 * Some providers let a payment be read only with what Drop keeps until its end. A webhook that comes later can tell
 * nothing more, and waiting makes it no better.
 */
async function readHinted(context: UseCaseContext, payment: Payment): Promise<void> {
  await readBack(context, payment, 'webhook').catch((error: unknown) => {
    if (isAsked(error) || !isFinal(payment.status)) throw error;
    context.log('info', 'a webhook is about a payment that is over', { paymentId: payment.id });
  });
}

/**
 * Where a payment can be read only with what Drop keeps of it, a webhook about an order that was not answered cannot be
 * read by itself. That order is looked up anyway, so that the webhook has nothing to add.
 */
async function readUnknown(
  context: UseCaseContext,
  provider: string,
  read: () => Promise<PaymentReport>,
): Promise<PaymentReport | 'later'> {
  try {
    return await read();
  } catch (error) {
    if (isAsked(error) || !(await hasUnansweredOrder(context.store.database, provider))) throw error;
    context.log('info', 'a webhook may be about an order without an answer', { provider });
    return 'later';
  }
}

/** Whether the provider was asked at all; without what Drop keeps of a payment it is not. */
function isAsked(error: unknown): boolean {
  return !isDropError(error, 'payment_unknown') || error.details.outcome !== 'not_sent';
}

async function readOnly(pis: PaymentInitiation, key: PaymentKey): Promise<PaymentReport> {
  const report = await pis.readPayment(key);
  if (isSameReference(report.reference, key.reference)) return report;
  throw new DropError('provider_invalid_response', { message: 'the answer is about another payment' });
}

async function recognised(
  context: UseCaseContext,
  provider: string,
  { order }: PaymentReport,
): Promise<Payment | undefined> {
  const endToEndId = order.kind === 'read' ? order.order.endToEndId : undefined;
  const id = endToEndId === undefined ? undefined : paymentIdOf(endToEndId);
  const payment = id === undefined ? undefined : await findPayment(context.store.database, { id });
  return payment?.provider === provider ? payment : undefined;
}

export function paymentInitiation(context: UseCaseContext, provider: string): PaymentInitiation {
  const { pis } = context.services.openBanking.pinned(provider);
  if (pis) return pis;
  throw new DropError('internal_error', { message: `${provider} initiates no payments` });
}
