import { ibanFromAccountNumber } from '#domain/banking/account-number.ts';
import { remittanceFault } from '#domain/banking/payment-rules.ts';
import { DropError, type FieldFault } from '#domain/errors.ts';
import { moneyToDecimal } from '#domain/money.ts';
import { endToEndIdOf, type PaymentOrder } from '#domain/payment/order.ts';
import type { PaymentRequest } from '#services/open-banking/service.ts';
import { toPaymentRules } from './payment-rules.ts';
import type { Aspsp, PaymentCapability } from './wire.ts';

interface AccountIdentification {
  identification: string;
  scheme_name: 'BBAN' | 'IBAN';
}

/** The body of `POST /payments` (OpenAPI, `CreatePaymentRequest`), as far as Drop fills it in. */
export interface PaymentBody {
  payment_type: 'DOMESTIC';
  payment_request: {
    debtor_account: AccountIdentification;
    credit_transfer_transaction: [
      {
        instructed_amount: { currency: string; amount: string };
        beneficiary: { creditor: { name: string }; creditor_account: AccountIdentification };
        payment_id: { end_to_end_id: string };
        reference_number?: string;
        remittance_information?: string[];
      },
    ];
  };
  aspsp: { name: string; country: string };
  state: string;
  redirect_url: string;
  psu_type: 'personal';
  language: string;
  webhook_url?: string;
  psu_id: string;
}

/** What a bank says of domestic payments in kroner by private customers, or undefined where it takes none. */
export function domesticCapability(bank: Aspsp): PaymentCapability | undefined {
  return bank.payments?.find(
    ({ payment_type, psu_type, currencies }) =>
      payment_type === 'DOMESTIC' && psu_type === 'personal' && (currencies?.includes('NOK') ?? true),
  );
}

/**
 * Writes an order as the provider wants it at this bank. Nothing of what the customer approved is shortened or left
 * out: what the bank cannot carry is refused here.
 *
 * @throws {DropError} `payment_refused_by_bank` or `invalid_request`, `not_sent`.
 */
export function paymentBody(request: PaymentRequest, bank: Aspsp): PaymentBody {
  const capability = domesticCapability(bank);
  if (capability === undefined)
    throw notSent('payment_refused_by_bank', 'the bank takes no domestic payment');
  const { order } = request;
  return {
    payment_type: 'DOMESTIC',
    payment_request: {
      debtor_account: account(order.debtorAccountNumber, capability.debtor_account_schemas),
      credit_transfer_transaction: [
        {
          instructed_amount: { currency: order.money.currency, amount: moneyToDecimal(order.money) },
          beneficiary: {
            creditor: { name: order.creditorName },
            creditor_account: account(order.creditorAccountNumber, capability.creditor_account_schemas),
          },
          payment_id: { end_to_end_id: endToEndIdOf(request.paymentId) },
          ...remittance(order, capability),
        },
      ],
    },
    aspsp: { name: bank.name, country: bank.country },
    state: request.state,
    redirect_url: request.redirectUri,
    psu_type: 'personal',
    language: request.locale,
    psu_id: request.customer.id,
    ...(request.webhookUrl === undefined ? {} : { webhook_url: request.webhookUrl }),
  };
}

function account(accountNumber: string, schemes: string[] | null | undefined): AccountIdentification {
  const takesBban = schemes?.includes('BBAN') ?? true;
  return takesBban
    ? { identification: accountNumber, scheme_name: 'BBAN' }
    : { identification: ibanFromAccountNumber(accountNumber), scheme_name: 'IBAN' };
}

/** @throws {DropError} where the bank does not take the KID or the text. */
function remittance(
  { remittance: information }: PaymentOrder,
  capability: PaymentCapability,
): { reference_number?: string; remittance_information?: string[] } {
  const refused = remittanceFault(information, toPaymentRules(capability));
  if (refused?.kind === 'kid_not_taken')
    throw notSent('payment_refused_by_bank', 'the bank takes no KID through the provider');
  if (refused?.kind === 'field')
    throw notSent('invalid_request', 'the bank does not take the KID or the text', [refused.fault]);
  switch (information.kind) {
    case 'none':
      return {};
    case 'kid':
      return { reference_number: information.kid };
    case 'text':
      return { remittance_information: [information.text] };
  }
}

function notSent(
  code: 'payment_refused_by_bank' | 'invalid_request',
  message: string,
  fields?: FieldFault[],
): DropError {
  const details = { message, outcome: 'not_sent', provider: 'enable-banking' } as const;
  return new DropError(code, fields === undefined ? details : { ...details, fields });
}
