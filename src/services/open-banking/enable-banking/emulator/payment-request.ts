import { z } from 'zod';
import { moneyFromDecimal } from '#domain/money.ts';
import type { SandboxBank } from '#emulation/bank/banks.ts';
import type { BankOrder } from '#emulation/bank/world.ts';
import { accountNumberIn } from './account-number-in.ts';
import { psuTypes } from './bank-profiles.ts';
import { paymentTypes } from './code-lists.ts';
import { judgeLimits } from './payment-limits.ts';
import { paymentResource, type Identification } from './payment-resource.ts';
import { redirectFields } from './request-body.ts';

/** OpenAPI, `CreatePaymentRequest`. */
export const paymentRequest = z.object({
  ...redirectFields,
  payment_type: z.enum(paymentTypes),
  psu_type: z.enum(psuTypes),
  payment_request: paymentResource,
  webhook_url: z.url().nullish(),
});
export type PaymentRequest = z.output<typeof paymentRequest>;

/** The order that `bank` is to carry out. Refuses a request that exceeds the bank's limits. */
export function orderAt(bank: SandboxBank, request: PaymentRequest, today: string): BankOrder {
  judgeLimits(request, bank, today);
  const { debtor_account, credit_transfer_transaction } = request.payment_request;
  const [transaction] = credit_transfer_transaction;
  const { instructed_amount, beneficiary, reference_number, remittance_information } = transaction;
  return {
    amountOere: moneyFromDecimal(instructed_amount.amount, instructed_amount.currency).amount,
    debtorAccountNumber: numberOf(debtor_account),
    creditorName: beneficiary.creditor?.name?.trim() ?? '',
    creditorAccountNumber: numberOf(beneficiary.creditor_account),
    kid: reference_number ?? undefined,
    text: remittance_information?.[0],
  };
}

function numberOf(account: Identification | null | undefined): string {
  return (account && accountNumberIn(account)) ?? '';
}
