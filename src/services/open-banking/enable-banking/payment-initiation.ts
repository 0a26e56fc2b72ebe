import type { PaymentInitiation } from '../service.ts';
import type { BankDirectory } from './banks.ts';
import type { EnableBankingApi } from './client.ts';
import { asInitiationFault } from './errors.ts';
import { toPaymentReport, toStartedPayment } from './map.ts';
import { domesticCapability, paymentBody } from './payment-body.ts';
import type { WirePayment } from './wire.ts';

/** There is no `cancelPayment`: `DELETE /payments/{id}` only forgets a payment that has ended. */
export function createPaymentInitiation({
  api,
  banks,
}: {
  api: EnableBankingApi;
  banks: BankDirectory;
}): PaymentInitiation {
  return {
    needsApproval: true,
    async initiatePayment(request) {
      const body = paymentBody(request, await banks.find(request.bankId));
      const created = await api.createPayment(body).catch((error: unknown) => {
        throw asInitiationFault(error);
      });
      return toStartedPayment(created);
    },
    async readPayment(reference) {
      const payment = await api.getPayment(reference);
      return toPaymentReport(payment, await finalSuccessfulStatuses(payment, banks));
    },
  };
}

/** A bank that has left the list, or a list that cannot be had, must not hide the state of a payment. */
async function finalSuccessfulStatuses(
  payment: WirePayment,
  banks: BankDirectory,
): Promise<readonly string[] | undefined> {
  const bank = await banks.find(payment.aspsp.name).catch(() => undefined);
  return (bank && domesticCapability(bank)?.final_successful_statuses) ?? undefined;
}
