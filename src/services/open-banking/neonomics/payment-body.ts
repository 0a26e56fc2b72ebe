import { remittanceFault, usualPaymentRules, type PaymentRules } from '#domain/banking/payment-rules.ts';
import { DropError } from '#domain/errors.ts';
import { moneyToDecimal } from '#domain/money.ts';
import { endToEndIdOf } from '#domain/payment/order.ts';
import type { PaymentRequest } from '#services/open-banking/service.ts';
import type { WireBank } from './wire.ts';

/**
 * The kinds of Norwegian payments, by their paths. Drop's orders have no execution date and do not choose instant
 * settlement, so all of them are domestic transfers; a bank may settle one at once.
 */
export type Product = 'domestic-transfer';
export const product: Product = 'domestic-transfer';

/** The body of `POST /ics/v3/payments/domestic-transfer`, as far as Drop fills it in. */
export interface PaymentBody {
  debtorAccount: { bban: string };
  debtorName: string;
  creditorAccount: { bban: string };
  creditorName: string;
  instrumentedAmount: string;
  currency: string;
  endToEndIdentification: string;
  remittanceInformationUnstructured?: string;
  remittanceInformationStructured?: { reference: string; referenceType: 'KID' };
}

/** Texts that are shorter than the 140 characters of the others (API reference), by the bank's BIC. */
const textLengthsMax: Readonly<Record<string, number>> = { DABANO22: 66, NORWNOK1: 30 };

/** What a bank takes through Neonomics, whose KID has 4 to 25 characters. */
export function paymentRulesOf({ bic }: Pick<WireBank, 'bic'>): PaymentRules {
  const { textLengthMax } = usualPaymentRules;
  return {
    ...usualPaymentRules,
    kidLength: { min: 4, max: 25 },
    textLengthMax: textLengthsMax[bic?.slice(0, 8) ?? ''] ?? textLengthMax,
  };
}

/**
 * Writes an order as Neonomics wants it at this bank. Nothing of what the customer approved is shortened or left out.
 *
 * @throws {DropError} `invalid_request`, `not_sent`, where the bank does not carry the text or the KID.
 */
export function toPaymentBody(request: PaymentRequest, bank: Pick<WireBank, 'bic'>): PaymentBody {
  const { order, paymentId, customer } = request;
  assertCarried(order, paymentRulesOf(bank));
  return {
    debtorAccount: { bban: order.debtorAccountNumber },
    debtorName: customer.name ?? '',
    creditorAccount: { bban: order.creditorAccountNumber },
    creditorName: order.creditorName,
    instrumentedAmount: moneyToDecimal(order.money),
    currency: order.money.currency,
    endToEndIdentification: endToEndIdOf(paymentId),
    ...remittance(request),
  };
}

function remittance({
  order,
  paymentId,
}: PaymentRequest): Pick<
  PaymentBody,
  'remittanceInformationUnstructured' | 'remittanceInformationStructured'
> {
  switch (order.remittance.kind) {
    case 'kid':
      return { remittanceInformationStructured: { reference: order.remittance.kid, referenceType: 'KID' } };
    case 'text':
      return { remittanceInformationUnstructured: order.remittance.text };
    case 'none':
      // One of the two is mandatory, and `isOwnReference` recognises this one.
      return { remittanceInformationUnstructured: endToEndIdOf(paymentId).slice(0, referenceLength) };
  }
}

/** Short enough for every bank. */
const referenceLength = 30;

/** Whether a text that is read back is the reference of a payment without a text. */
export function isOwnReference(text: string): boolean {
  return /^[\da-f]{30}$/.test(text.trim());
}

function assertCarried({ remittance: given }: PaymentRequest['order'], rules: PaymentRules): void {
  const fault = remittanceFault(given, rules);
  if (fault === undefined) return;
  throw new DropError('invalid_request', {
    message: 'the bank does not take the text or the KID',
    outcome: 'not_sent',
    provider: 'neonomics',
    ...(fault.kind === 'field' && { fields: [fault.fault] }),
  });
}
