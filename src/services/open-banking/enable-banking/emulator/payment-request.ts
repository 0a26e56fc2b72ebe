import { z } from 'zod';
import { accountNumberFromIban, isAccountNumber } from '#domain/banking/account-number.ts';
import { isPlausibleKid } from '#domain/banking/kid.ts';
import { maximumPaymentOere, moneyFromDecimal } from '#domain/money.ts';
import type { BankOrder } from '#emulation/bank/world.ts';
import { refuse } from './refusal.ts';
import { redirectFields } from './request-body.ts';

const account = z
  .object({ identification: z.string(), scheme_name: z.enum(['BBAN', 'IBAN']) })
  .refine((value) => accountNumberIn(value) !== undefined, 'not a Norwegian account number');

const transaction = z
  .object({
    instructed_amount: z.object({
      currency: z.literal('NOK'),
      amount: z.string().regex(/^\d+(\.\d{1,2})?$/),
    }),
    beneficiary: z.object({
      creditor: z.object({ name: z.string().trim().min(1).max(70) }),
      creditor_account: account,
    }),
    payment_id: z
      .object({ instruction_id: z.string().max(35).nullish(), end_to_end_id: z.string().max(35).nullish() })
      .nullish(),
    reference_number: z.string().refine(isPlausibleKid, 'not a KID').nullish(),
    remittance_information: z.array(z.string().min(1).max(140)).max(1).nullish(),
  })
  .refine(
    ({ reference_number, remittance_information }) =>
      (reference_number ?? undefined) === undefined || (remittance_information ?? undefined) === undefined,
    'a reference number and remittance information cannot both be given',
  );

/** What the sandbox's banks take of `POST /payments` (OpenAPI, `CreatePaymentRequest`). */
export const paymentRequest = z.object({
  ...redirectFields,
  payment_type: z.literal('DOMESTIC'),
  psu_type: z.literal('personal'),
  payment_request: z.object({
    debtor_account: account,
    credit_transfer_transaction: z.tuple([transaction]),
  }),
  webhook_url: z.url().nullish(),
});
export type PaymentRequest = z.output<typeof paymentRequest>;

function accountNumberIn(value: {
  identification: string;
  scheme_name: 'BBAN' | 'IBAN';
}): string | undefined {
  const { identification, scheme_name } = value;
  if (scheme_name === 'IBAN') return accountNumberFromIban(identification);
  return isAccountNumber(identification) ? identification : undefined;
}

/** What the bank is to carry out. */
export function orderOf(request: PaymentRequest): BankOrder {
  const { debtor_account, credit_transfer_transaction } = request.payment_request;
  const [{ beneficiary, reference_number, remittance_information }] = credit_transfer_transaction;
  return {
    amountOere: amountOf(request),
    debtorAccountNumber: accountNumberIn(debtor_account) ?? '',
    creditorName: beneficiary.creditor.name,
    creditorAccountNumber: accountNumberIn(beneficiary.creditor_account) ?? '',
    kid: reference_number ?? undefined,
    text: remittance_information?.[0],
  };
}

/** The amount in øre, within the banks' limit. */
function amountOf(request: PaymentRequest): number {
  const [{ instructed_amount }] = request.payment_request.credit_transfer_transaction;
  const { amount } = moneyFromDecimal(instructed_amount.amount, instructed_amount.currency);
  if (amount === 0) throw refuse('WRONG_REQUEST_PARAMETERS', 'the amount must be more than zero');
  if (amount > maximumPaymentOere) throw refuse('PAYMENT_LIMIT_EXCEEDED');
  return amount;
}
