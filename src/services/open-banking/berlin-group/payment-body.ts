import {
  mayBeInstant,
  remittanceFault,
  usualPaymentRules,
  type PaymentRules,
  type RemittanceFault,
} from '#domain/banking/payment-rules.ts';
import { DropError } from '#domain/errors.ts';
import { moneyToDecimal } from '#domain/money.ts';
import { endToEndIdOf, type PaymentOrder } from '#domain/payment/order.ts';
import type { PaymentRequest } from '#services/open-banking/service.ts';
import type { BankProfile } from './bank-profiles.ts';

const ordinary = 'norwegian-domestic-credit-transfers';
const instant = 'instant-norwegian-domestic-credit-transfers-straks';

/** Whether payments go as instant transfers where the bank takes them; these carry no KID. */
export type InstantChoice = 'never' | 'without_kid';

/** The product under which an order is sent. */
export function productOf(
  { remittance }: PaymentOrder,
  bank: BankProfile,
  choice: InstantChoice,
): typeof ordinary | typeof instant {
  const isInstant = choice === 'without_kid' && bank.instant && mayBeInstant(remittance);
  return isInstant ? instant : ordinary;
}

/**
 * The body of an initiation, as the banks' portals have it (Bits' appendix to the Berlin Group). Nothing of what the
 * customer approved is shortened or left out: what the bank cannot carry is refused here.
 *
 * @throws {DropError} `invalid_request`, `not_sent`.
 */
export function paymentBody({ order, paymentId }: PaymentRequest, bank: BankProfile): object {
  const { money, debtorAccountNumber, creditorAccountNumber, creditorName } = order;
  return {
    endToEndIdentification: endToEndIdOf(paymentId),
    debtorAccount: { bban: debtorAccountNumber, currency: money.currency },
    instructedAmount: { currency: money.currency, amount: moneyToDecimal(money) },
    creditorName,
    creditorAccount: { bban: creditorAccountNumber },
    creditorAddress: { country: 'NO' },
    ...remittance(order, bank),
  };
}

/** A KID or a text, never both. */
function remittance({ remittance: information }: PaymentOrder, bank: BankProfile): object {
  const found = remittanceFault(information, paymentRulesOf(bank));
  if (found !== undefined) throw refused(found);
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
export function paymentRulesOf({ textLengthMax }: BankProfile): PaymentRules {
  return { ...usualPaymentRules, textLengthMax };
}

function refused(found: RemittanceFault): DropError {
  const details = { outcome: 'not_sent', provider: 'berlin-group' } as const;
  const message = 'the bank does not take this text or KID';
  const fields = found.kind === 'field' ? [found.fault] : [];
  return new DropError('invalid_request', { message, ...details, fields });
}
