import type { NewPayment, Payment } from '#http/contract/payments.ts';

/** The newest payment of the same amount to the same account that has moved money, or still may. */
export function alikePayment(payments: Payment[], { amount, creditor }: NewPayment): Payment | undefined {
  return payments.find(
    (payment) =>
      payment.moneyMoved !== 'no' &&
      payment.dismissedAt === null &&
      payment.amount.amount === amount.amount &&
      payment.amount.currency === amount.currency &&
      payment.creditor.accountNumber === creditor.accountNumber,
  );
}
