import { DropError } from '#domain/errors.ts';
import type { PaymentKey, PaymentReport } from '#services/open-banking/service.ts';
import type { NeonomicsApi } from './client.ts';
import { asReadingFault } from './errors.ts';
import { toPaymentReport } from './map.ts';
import { paymentVisit, type PaymentVisit } from './visits.ts';

/**
 * The session in which a payment was begun, and only in which it can be read.
 *
 * @throws {DropError} `payment_unknown`, `not_sent`, where nothing is kept.
 */
export async function visitOf(payment: PaymentKey): Promise<PaymentVisit> {
  const kept = await paymentVisit(payment);
  if (kept !== undefined) return kept;
  const message = 'no session is kept for the payment';
  throw new DropError('payment_unknown', { message, outcome: 'not_sent', provider: 'neonomics' });
}

export async function readPayment(payment: PaymentKey, api: NeonomicsApi): Promise<PaymentReport> {
  const kept = await visitOf(payment);
  const path = { product: kept.product, paymentId: payment.reference };
  const wire = await api.getPayment(path, kept.visit).catch((error: unknown) => {
    throw asReadingFault(error);
  });
  return toPaymentReport(wire);
}
