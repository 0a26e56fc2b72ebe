import type { PaymentForm } from '#usecases/payments/pay.ts';

/** What a customer wants to pay. */
export interface Wish {
  /** The idempotency key of the filled form. */
  key: string;
  amountOere?: number;
  executionDate?: string;
}

export function formOf({ amountOere = 25_000, executionDate }: Wish, accountId: string): PaymentForm {
  return {
    accountId,
    amount: { amount: amountOere, currency: 'NOK' },
    creditor: { name: 'Strømselskapet AS', accountNumber: '15032080178' },
    kid: undefined,
    text: undefined,
    ...(executionDate !== undefined && { executionDate }),
  };
}
