import { ibanFromAccountNumber } from '#domain/banking/account-number.ts';
import { messageLengthMax, notCarried, type CharacterSet } from '#domain/banking/bank-text.ts';
import { DropError, type FieldFault } from '#domain/errors.ts';
import { moneyToDecimal } from '#domain/money.ts';
import { endToEndIdOf, type PaymentOrder } from '#domain/payment/order.ts';
import type { PaymentRequest } from '#services/open-banking/service.ts';
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

function remittance(
  { remittance: information }: PaymentOrder,
  capability: PaymentCapability,
): { reference_number?: string; remittance_information?: string[] } {
  switch (information.kind) {
    case 'none':
      return {};
    case 'kid': {
      const takesKid = capability.reference_number_schemas?.includes('NORF') ?? true;
      if (capability.reference_number_supported === true && takesKid)
        return { reference_number: information.kid };
      throw notSent('payment_refused_by_bank', 'the bank takes no KID through the provider');
    }
    case 'text':
      assertCarried(information.text, capability);
      return { remittance_information: [information.text] };
  }
}

/** The bank's own limits, which may be narrower than those that hold for all. */
function assertCarried(text: string, { remittance_information_lines }: PaymentCapability): void {
  const [line] = remittance_information_lines ?? [];
  const lengthMax = line?.max_length ?? messageLengthMax;
  const visible = notCarried(text, charactersOf(line?.pattern))?.visible ?? [];
  if (visible.length > 0)
    throw notSent('invalid_request', 'the text has characters that the bank does not take', [
      { field: 'text', message: 'characters_not_carried', characters: visible },
    ]);
  if (text.length > lengthMax)
    throw notSent('invalid_request', 'the text is longer than the bank takes', [
      { field: 'text', message: 'text_too_long', lengthMax },
    ]);
}

/**
 * The characters that a line's `pattern` allows, where it is one class of them repeated; undefined otherwise. Any other
 * expression is the bank's to apply: one that is written to take for ever must not be run here.
 */
function charactersOf(pattern: string | null | undefined): CharacterSet | undefined {
  const characters = /^\^?(\[(?:[^\]\\[]|\\.)+\])(?:[*+]|\{\d*,?\d*\})\$?$/.exec(pattern ?? '')?.[1];
  if (characters === undefined) return undefined;
  try {
    return new RegExp(characters, /\\p/i.test(characters) ? 'u' : '');
  } catch {
    return undefined;
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
