import { noStep } from '#domain/banking/next-step.ts';
import { DropError, isDropError } from '#domain/errors.ts';
import type { ProviderSecrets } from '#services/open-banking/secret-state.ts';
import type { AttendedAccess, PaymentKey, SteppedPayment } from '#services/open-banking/service.ts';
import type { BerlinGroupApi } from './client.ts';
import { findApproval } from './approval.ts';
import type { BankCall } from './bank-calls.ts';
import { toStatusReport } from './map.ts';
import { paymentIdKept, reportedReference } from './named-resource.ts';
import { resourceOf } from './payment-reading.ts';
import { approvalHeaders, presenceHeaders } from './psu.ts';
import { cancellationSchema } from './wire.ts';

/**
 * Calls a payment back. 204 says that it is cancelled; any other success, that the customer has to approve that, too.
 * It is not repeated: the second request would be refused because of the first.
 *
 * @throws {DropError} `payment_not_cancellable` where the bank refuses, also by `RJCR`: the payment then stands.
 */
export async function cancelPayment(
  payment: PaymentKey,
  access: AttendedAccess,
  api: BerlinGroupApi,
): Promise<SteppedPayment> {
  const resource = resourceOf(payment, api);
  const { bank } = resource;
  const secrets = (await payment.secrets?.read()) ?? {};
  const headers = { ...presenceHeaders(access), ...returnsOf(secrets) };
  const of: BankCall = {
    operation: 'cancel_payment',
    method: 'DELETE',
    subject: 'payment',
    repeatable: false,
    ...resource,
    headers,
  };
  const circumstances = { reference: payment.reference, profile: bank, fundsAvailable: undefined };
  const response = await api.client.send(of);
  if (response.status === 204)
    return { ...toStatusReport({ word: 'CANC', wire: 'CANC' }, circumstances), next: noStep };
  const body = api.client.read(response, of, cancellationSchema);
  const reference = reportedReference(payment.reference, body.paymentId, secrets[paymentIdKept]);
  if (reference !== payment.reference)
    return { ...toStatusReport(body.transactionStatus, { ...circumstances, reference }), next: noStep };
  if (body.transactionStatus.word === 'RJCR') throw notCancelled();
  const approach = response.headers.get('aspsp-sca-approach') ?? undefined;
  const base = api.banks.addressOf(bank);
  const start = { bank, base, headers, subject: 'payment' } as const;
  const { next } = await findApproval(api.client, { ...body, approach }, start).catch((error: unknown) => {
    throw isDropError(error, 'payment_refused_by_bank') ? notCancelled(error) : error;
  });
  return { ...toStatusReport(body.transactionStatus, circumstances), next };
}

/** The customer comes back as from the approval of the payment. */
function returnsOf({ ok, nok }: ProviderSecrets): Record<string, string> {
  return ok === undefined || nok === undefined ? {} : approvalHeaders({ ok, nok });
}

function notCancelled(cause?: unknown): DropError {
  const message = 'the bank refuses the cancellation, or wants an approval that Drop does not take part in';
  const details = { message, cause, outcome: 'refused', provider: 'berlin-group' } as const;
  return new DropError('payment_not_cancellable', details);
}
