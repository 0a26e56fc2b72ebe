import { messageLengthMax, notCarried } from '#domain/banking/bank-text.ts';
import { DropError, type FieldFault } from '#domain/errors.ts';
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
  const isInstant = choice === 'without_kid' && bank.instant && remittance.kind !== 'kid';
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
  switch (information.kind) {
    case 'none':
      return {};
    case 'kid':
      return { remittanceInformationStructured: { reference: information.kid } };
    case 'text':
      assertCarried(information.text, bank);
      return { remittanceInformationUnstructured: information.text };
  }
}

function assertCarried(text: string, { textLengthMax }: BankProfile): void {
  const lengthMax = Math.min(textLengthMax, messageLengthMax);
  const characters = notCarried(text)?.visible ?? [];
  if (characters.length > 0)
    throw refused('the text has characters that the bank does not take', {
      field: 'text',
      message: 'characters_not_carried',
      characters,
    });
  if (text.length > lengthMax)
    throw refused('the text is longer than the bank takes', {
      field: 'text',
      message: 'text_too_long',
      lengthMax,
    });
}

function refused(message: string, field: FieldFault): DropError {
  const details = { message, outcome: 'not_sent', provider: 'berlin-group' } as const;
  return new DropError('invalid_request', { ...details, fields: [field] });
}
