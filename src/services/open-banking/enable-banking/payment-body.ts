import { ibanFromAccountNumber } from '#domain/banking/account-number.ts';
import { assertTaken } from '#domain/banking/order-fault.ts';
import { DropError } from '#domain/errors.ts';
import { moneyToDecimal } from '#domain/money.ts';
import type { Execution } from '#domain/payment/execution.ts';
import { endToEndIdOf } from '#domain/payment/end-to-end-id.ts';
import type { PaymentOrder } from '#domain/payment/order.ts';
import type { PaymentRequest } from '#services/open-banking/service.ts';
import { toPaymentRules, type Capabilities } from './payment-rules.ts';
import type { Aspsp, PaymentCapability } from './wire.ts';

interface AccountIdentification {
  identification: string;
  scheme_name: 'BBAN' | 'IBAN';
}

/** The body of `POST /payments` (OpenAPI, `CreatePaymentRequest`), as far as Drop fills it in. */
export interface PaymentBody {
  payment_type: 'DOMESTIC' | 'INST_SEPA';
  payment_request: {
    debtor_account: AccountIdentification;
    credit_transfer_transaction: [
      {
        instructed_amount: { currency: string; amount: string };
        beneficiary: { creditor: { name: string }; creditor_account: AccountIdentification };
        payment_id: { end_to_end_id: string };
        requested_execution_date?: string;
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

/**
 * The provider's type of payment for each way to carry an order out. It has none for instant payments in kroner: they
 * are those that a bank lists as instant and in kroner.
 */
const paymentTypes = { normal: 'DOMESTIC', on: 'DOMESTIC', instant: 'INST_SEPA' } as const satisfies Record<
  Execution['kind'],
  string
>;

/** What a bank says of payments in kroner by private customers; `domestic` is undefined where it takes none. */
export function capabilitiesOf(bank: Aspsp): Capabilities {
  const inKroner = (type: string, unlessListed: boolean) =>
    bank.payments?.find(
      ({ payment_type, psu_type, currencies }) =>
        payment_type === type && psu_type === 'personal' && (currencies?.includes('NOK') ?? unlessListed),
    );
  return {
    domestic: inKroner(paymentTypes.normal, true),
    instant: inKroner(paymentTypes.instant, false),
  };
}

/** Whether a type of payment is the instant one; undefined for a type that Drop does not order. */
export function isInstantType(type: string | null | undefined): boolean | undefined {
  if (type === paymentTypes.instant) return true;
  return type === paymentTypes.normal ? false : undefined;
}

/**
 * Writes an order as the provider wants it at this bank. Nothing of what the customer approved is shortened or left
 * out: what the bank cannot carry is refused here.
 *
 * @throws {DropError} `payment_refused_by_bank` or `invalid_request`, `not_sent`.
 */
export function paymentBody(request: PaymentRequest, bank: Aspsp, today: string): PaymentBody {
  const { order } = request;
  const capability = capabilityFor(order, bank, today);
  return {
    payment_type: paymentTypes[order.execution.kind],
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
          ...remittance(order),
          ...(order.execution.kind === 'on' && { requested_execution_date: order.execution.date }),
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

function capabilityFor(order: PaymentOrder, bank: Aspsp, today: string): PaymentCapability {
  const { domestic, instant } = capabilitiesOf(bank);
  const provider = 'enable-banking';
  if (domestic === undefined) {
    const message = 'the bank takes no domestic payment';
    throw new DropError('payment_refused_by_bank', { message, outcome: 'not_sent', provider });
  }
  assertTaken(order, { rules: toPaymentRules({ domestic, instant }), today, provider });
  return order.execution.kind === 'instant' ? (instant ?? domestic) : domestic;
}

function account(accountNumber: string, schemes: string[] | null | undefined): AccountIdentification {
  const takesBban = schemes?.includes('BBAN') ?? true;
  return takesBban
    ? { identification: accountNumber, scheme_name: 'BBAN' }
    : { identification: ibanFromAccountNumber(accountNumber), scheme_name: 'IBAN' };
}

function remittance({ remittance: information }: PaymentOrder): {
  reference_number?: string;
  remittance_information?: string[];
} {
  switch (information.kind) {
    case 'none':
      return {};
    case 'kid':
      return { reference_number: information.kid };
    case 'text':
      return { remittance_information: [information.text] };
  }
}
