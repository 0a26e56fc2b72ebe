import { assertTaken, mayBeInstant } from '#domain/banking/order-fault.ts';
import { usualPaymentRules, type PaymentRules } from '#domain/banking/payment-rules.ts';
import { moneyToDecimal } from '#domain/money.ts';
import { endToEndIdOf } from '#domain/payment/end-to-end-id.ts';
import type { PaymentOrder } from '#domain/payment/order.ts';
import type { PaymentRequest } from '#services/open-banking/service.ts';
import type { BankProfile } from './bank-profiles.ts';

const ordinary = 'norwegian-domestic-credit-transfers';
const instant = 'instant-norwegian-domestic-credit-transfers-straks';

/** Whether payments for which nothing else was ordered go as instant transfers where the bank takes them. */
export type InstantChoice = 'never' | 'without_kid';

/** The product under which an order is sent. */
export function productOf(
  order: PaymentOrder,
  bank: BankProfile,
  choice: InstantChoice,
): typeof ordinary | typeof instant {
  switch (order.execution.kind) {
    case 'instant':
      return instant;
    case 'on':
      return ordinary;
    case 'normal':
      return choice === 'without_kid' && bank.instant && mayBeInstant(order) ? instant : ordinary;
  }
}

/**
 * The body of an initiation, as the banks' portals have it (Bits' appendix to the Berlin Group). Nothing of what the
 * customer approved is shortened or left out: what the bank cannot carry is refused here.
 *
 * @throws {DropError} `invalid_request`, `not_sent`.
 */
export function paymentBody({ order, paymentId }: PaymentRequest, bank: BankProfile, today: string): object {
  assertTaken(order, { rules: paymentRulesOf(bank), today, provider: 'berlin-group' });
  const { money, debtorAccountNumber, creditorAccountNumber, creditorName } = order;
  return {
    endToEndIdentification: endToEndIdOf(paymentId),
    debtorAccount: { bban: debtorAccountNumber, currency: money.currency },
    instructedAmount: { currency: money.currency, amount: moneyToDecimal(money) },
    creditorName,
    creditorAccount: { bban: creditorAccountNumber },
    creditorAddress: { country: 'NO' },
    ...(order.execution.kind === 'on' && { requestedExecutionDate: order.execution.date }),
    ...remittance(order),
  };
}

/** A KID or a text, never both. */
function remittance({ remittance: information }: PaymentOrder): object {
  switch (information.kind) {
    case 'none':
      return {};
    case 'kid':
      return { remittanceInformationStructured: { reference: information.kid } };
    case 'text':
      return { remittanceInformationUnstructured: information.text };
  }
}

/** What a bank takes, for the customer's form and for the order. */
export function paymentRulesOf(profile: BankProfile): PaymentRules {
  const { currencies, takesKid, textLengthMax, daysAheadMax, cancellation, settledStatuses } = profile;
  const limits = { currencies, takesKid, textLengthMax, daysAheadMax, cancellation, settledStatuses };
  return { ...usualPaymentRules, ...limits, takesInstant: profile.instant };
}
