import type { Clock } from '#domain/clock.ts';
import { osloDay } from '#domain/oslo-time.ts';
import type { PaymentInitiation } from '#services/open-banking/service.ts';
import type { BankDirectory } from './banks.ts';
import type { EnableBankingApi } from './client.ts';
import { asInitiationFault } from './errors.ts';
import { toPaymentReport, toStartedPayment } from './map.ts';
import type { WirePayment } from './wire.ts';
import { capabilitiesOf, isInstantType, paymentBody } from './payment-body.ts';

/** Approval pages, a bank's processing overnight and late webhooks all end well within a day. */
export const quarantineMs = 24 * 3_600_000;

/** How an order without an answer is concluded. */
export const unanswered = {
  needsApproval: true,
  quarantineMs,
} as const;

/** There is no `cancelPayment`: `DELETE /payments/{id}` only forgets a payment that has ended. */
export function createPaymentInitiation({
  api,
  banks,
  clock,
}: {
  api: EnableBankingApi;
  banks: BankDirectory;
  clock: Clock;
}): PaymentInitiation {
  return {
    ...unanswered,
    idempotentInitiation: false,
    async initiatePayment(request) {
      const body = paymentBody(request, await banks.find(request.bankId), osloDay(clock.now()));
      const created = await api.createPayment(body).catch((error: unknown) => {
        throw asInitiationFault(error);
      });
      return toStartedPayment(created);
    },
    async readPayment(key) {
      const payment = await api.getPayment(key);
      const bankId = key.bankId ?? payment.aspsp?.name;
      return toPaymentReport(payment, await finalSuccessfulStatuses({ bankId, ...payment }, banks));
    },
  };
}

/** A bank that has left the list, or a list that cannot be had, must not hide the state of a payment. */
async function finalSuccessfulStatuses(
  { bankId, payment_type }: { bankId: string | undefined } & Pick<WirePayment, 'payment_type'>,
  banks: BankDirectory,
): Promise<readonly string[] | undefined> {
  const bank = bankId === undefined ? undefined : await banks.find(bankId).catch(() => undefined);
  if (bank === undefined) return undefined;
  const { domestic, instant } = capabilitiesOf(bank);
  const capability = isInstantType(payment_type) === true ? instant : domestic;
  return capability?.final_successful_statuses ?? undefined;
}
