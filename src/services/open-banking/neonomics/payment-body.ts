import { assertTaken } from '#domain/banking/order-fault.ts';
import { usualPaymentRules, type PaymentRules } from '#domain/banking/payment-rules.ts';
import { moneyToDecimal } from '#domain/money.ts';
import type { Execution } from '#domain/payment/execution.ts';
import { endToEndIdOf } from '#domain/payment/end-to-end-id.ts';
import type { PaymentRequest } from '#services/open-banking/service.ts';
import type { WireBank } from './wire.ts';

/** The kinds of Norwegian payments, by their paths. */
export type Product = 'domestic-transfer' | 'domestic-scheduled-transfer' | 'instant-domestic-transfer';

const products: Record<Execution['kind'], Product> = {
  normal: 'domestic-transfer',
  instant: 'instant-domestic-transfer',
  on: 'domestic-scheduled-transfer',
};

export const productOf = ({ kind }: Execution): Product => products[kind];

export const isProduct = (text: string | undefined): text is Product =>
  Object.values<string | undefined>(products).includes(text);

/** The body of `POST /ics/v3/payments/{product}`, as far as Drop fills it in. */
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
  requestedExecutionDate?: string;
}

/** Texts that are shorter than the 140 characters of the others (API reference), by the bank's BIC. */
const textLengthsMax: Readonly<Record<string, number>> = { DABANO22: 66, NORWNOK1: 30 };

/** How far ahead a payment can be scheduled is not documented. */
const daysAheadMax = 365;

/**
 * What a bank takes through Neonomics: the list of banks says which kinds of payments, and nothing of texts. A KID has
 * 4 to 25 characters. Only scheduled payments can be called back.
 */
export function paymentRulesOf({
  bic,
  supportedServices,
}: Pick<WireBank, 'bic' | 'supportedServices'>): PaymentRules {
  const takes = (execution: Execution['kind']): boolean =>
    supportedServices?.includes(products[execution]) === true;
  const { textLengthMax } = usualPaymentRules;
  return {
    ...usualPaymentRules,
    kidLength: { min: 4, max: 25 },
    textLengthMax: textLengthsMax[bic?.slice(0, 8) ?? ''] ?? textLengthMax,
    takesInstant: takes('instant'),
    daysAheadMax: takes('on') ? daysAheadMax : 0,
    cancellation: 'scheduled',
  };
}

/**
 * Writes an order as Neonomics wants it at this bank. Nothing of what the customer approved is shortened or left out.
 *
 * @throws {DropError} `invalid_request`, `not_sent`, where the bank does not take the order.
 */
export function toPaymentBody(
  request: PaymentRequest,
  bank: Pick<WireBank, 'bic' | 'supportedServices'>,
  today: string,
): PaymentBody {
  const { order, paymentId, customer } = request;
  assertTaken(order, { rules: paymentRulesOf(bank), today, provider: 'neonomics' });
  return {
    debtorAccount: { bban: order.debtorAccountNumber },
    debtorName: customer.name ?? '',
    creditorAccount: { bban: order.creditorAccountNumber },
    creditorName: order.creditorName,
    instrumentedAmount: moneyToDecimal(order.money),
    currency: order.money.currency,
    endToEndIdentification: endToEndIdOf(paymentId),
    ...remittance(request),
    ...(order.execution.kind === 'on' && { requestedExecutionDate: order.execution.date }),
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
