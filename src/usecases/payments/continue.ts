import { noStep, type NextStep } from '#domain/banking/next-step.ts';
import { isFinal } from '#domain/payment/status.ts';
import { concerning } from '#outbound/inherited-ids.ts';
import { onBehalfOf } from '#outbound/inherited-customer.ts';
import type { AttendedAccess } from '#services/open-banking/service.ts';
import type { Payment } from '#store/payments.ts';
import { secretStateOf } from '../banking/secret-state.ts';
import type { UseCaseContext } from '../context.ts';
import { readBack } from './reconcile.ts';
import { applyStep } from './step.ts';

/**
 * Goes on with a payment whose customer came back from the bank, and returns their next step. A provider whose payments
 * have one step only is asked how the payment stands, as any is about a payment that must not go on.
 */
export async function continuePayment(
  context: UseCaseContext,
  payment: Payment,
  { parameters, access }: { parameters: URLSearchParams; access: AttendedAccess },
): Promise<NextStep> {
  const { id, userId, reference, bankId } = payment;
  const provider = context.services.openBanking.pinned(payment.provider);
  const continuation = provider.pis?.continuePayment;
  if (!continuation || reference === undefined || !mayGoOn(payment)) {
    await readBack(context, payment, 'callback');
    return noStep;
  }
  const key = { reference, bankId, secrets: secretStateOf(context, { kind: 'payment', id }) };
  const report = await concerning({ paymentId: id }, () =>
    onBehalfOf(userId, () => continuation({ parameters, payment: key }, access)),
  );
  const { next } = await applyStep(context, provider, { id, report, evidence: 'callback' });
  return next;
}

/** What is over, or not what the customer approved, must not be carried out by a call of Drop's. */
function mayGoOn({ status, contradictedAt }: Payment): boolean {
  return !isFinal(status) && contradictedAt === undefined;
}
