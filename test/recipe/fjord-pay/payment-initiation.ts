import { DropError } from '#domain/errors.ts';
import type { BankDirectory } from '#services/open-banking/bank-directory.ts';
import type {
  PaymentInitiation,
  PaymentKey,
  PaymentRequest,
  SteppedPayment,
} from '#services/open-banking/service.ts';
import type { FjordPayApi } from './client.ts';
import { toCustomer } from './customer.ts';
import { asInitiationFault } from './errors.ts';
import { toPayment, toPaymentBody } from './map.ts';
import type { WireBank } from './wire.ts';

interface Dependencies {
  api: FjordPayApi;
  banks: BankDirectory<WireBank>;
}

export const quarantineMs = 24 * 3_600_000;

/** How an order without an answer is concluded. */
export const unanswered = {
  // One bank exempts from approval.
  needsApproval: false,
  quarantineMs,
} as const;

/** A repeat under the same idempotency key is answered with the first payment. */
export function createPaymentInitiation(dependencies: Dependencies): PaymentInitiation {
  const { api } = dependencies;
  return {
    ...unanswered,
    idempotentInitiation: true,
    initiatePayment: (request) => initiatePayment(request, dependencies),
    readPayment: async (payment) => toPayment(await api.readPayment(payment)),
    continuePayment: async ({ payment }) =>
      toPayment(await api.continuePayment(payment, await tokenOf(payment))),
    cancelPayment: async (payment) => toPayment(await api.cancelPayment(payment, await tokenOf(payment))),
  };
}

async function initiatePayment(
  request: PaymentRequest,
  { api, banks }: Dependencies,
): Promise<SteppedPayment> {
  const { paymentId, bankId, secrets, customer } = request;
  const known = (await banks.list()).some(({ payment_bank_id }) => payment_bank_id === bankId);
  if (!known) throw new DropError('bank_unknown', { message: 'no such bank', outcome: 'not_sent' });
  const body = { ...toPaymentBody(request), customer: toCustomer(customer) };
  const created = await api.createPayment(body, { key: paymentId, bankId }).catch((error: unknown) => {
    throw asInitiationFault(error);
  });
  const token = created.payment_token;
  if (typeof token === 'string') await secrets.change(async () => ({ token }));
  return toPayment(created);
}

async function tokenOf({ secrets }: PaymentKey): Promise<string> {
  return (await secrets?.read())?.['token'] ?? '';
}
