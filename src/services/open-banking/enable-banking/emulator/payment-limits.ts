import { dayAfter } from '#domain/banking/bank-days.ts';
import { isPlausibleKid } from '#domain/banking/kid.ts';
import { maximumPaymentOere } from '#domain/money.ts';
import type { SandboxBank } from '#emulation/bank/banks.ts';
import { accountNumberIn } from './account-number-in.ts';
import { capabilitiesOf } from './capability.ts';
import type { ErrorCode } from './error-codes.ts';
import type { Identification } from './payment-resource.ts';
import type { PaymentRequest } from './payment-request.ts';
import { refuse } from './refusal.ts';

type Capability = ReturnType<typeof capabilitiesOf>[number];
type Transaction = PaymentRequest['payment_request']['credit_transfer_transaction'][0];

/** A part of a request that the bank's capability forbids, with the text and the code to refuse it with. */
interface Limit {
  detail: string;
  code?: ErrorCode;
  isExceeded(request: PaymentRequest, capability: Capability, today: string): boolean;
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;
const firstOf = ({ payment_request }: PaymentRequest): Transaction =>
  payment_request.credit_transfer_transaction[0];
const amountOf = (request: PaymentRequest): number => Number(firstOf(request).instructed_amount.amount);

const limits: readonly Limit[] = [
  {
    code: 'PAYMENT_LIMIT_EXCEEDED',
    detail: 'the ASPSP takes one transaction',
    isExceeded: ({ payment_request }, { max_transactions }) =>
      payment_request.credit_transfer_transaction.length > max_transactions,
  },
  {
    detail: 'requested_execution_date is not supported by the ASPSP',
    isExceeded: (request, { requested_execution_date_supported }) =>
      !requested_execution_date_supported && isGiven(firstOf(request).requested_execution_date),
  },
  {
    detail: 'requested_execution_date is not in the future, or further ahead than the ASPSP takes',
    isExceeded(request, { requested_execution_date_max_period: daysMax }, today) {
      const date = firstOf(request).requested_execution_date ?? undefined;
      return date !== undefined && (date <= today || date > dayAfter(today, daysMax ?? 0));
    },
  },
  {
    detail: 'standing orders (end_date, execution_rule, frequency) are not supported by the ASPSP',
    isExceeded(request) {
      const { end_date, execution_rule, frequency } = firstOf(request);
      return [end_date, execution_rule, frequency].some(isGiven);
    },
  },
  {
    detail: 'instruction_priority is not supported by the ASPSP',
    isExceeded: ({ payment_request }, { priority_codes }) =>
      !isListed(payment_request.payment_type_information?.instruction_priority, priority_codes),
  },
  {
    detail: 'charge_bearer is not supported by the ASPSP',
    isExceeded: ({ payment_request }, { charge_bearer_values }) =>
      !isListed(payment_request.charge_bearer, charge_bearer_values),
  },
  {
    detail: 'debtor_account must be a Norwegian account number',
    isExceeded: ({ payment_request: { debtor_account } }, capability) =>
      isGiven(debtor_account)
        ? !isAccount(debtor_account, capability.debtor_account_schemas)
        : capability.debtor_account_required,
  },
  {
    detail: 'creditor_account must be a Norwegian account number',
    isExceeded: (request, { creditor_account_schemas }) =>
      !isAccount(firstOf(request).beneficiary.creditor_account, creditor_account_schemas),
  },
  {
    detail: "the creditor's name must have 1 to 70 characters",
    isExceeded: (request) => !/^.{1,70}$/su.test(firstOf(request).beneficiary.creditor?.name?.trim() ?? ''),
  },
  {
    detail: 'the currency is not supported by the ASPSP',
    isExceeded: (request, { currencies }) =>
      !currencies.includes(firstOf(request).instructed_amount.currency),
  },
  {
    detail: 'the amount must be more than zero and have at most two decimals',
    isExceeded: (request) =>
      !/^\d+(\.\d{1,2})?$/.test(firstOf(request).instructed_amount.amount) || amountOf(request) === 0,
  },
  {
    code: 'PAYMENT_LIMIT_EXCEEDED',
    detail: 'the amount is more than the ASPSP takes',
    isExceeded: (request) => amountOf(request) * 100 > maximumPaymentOere,
  },
  {
    detail: 'instruction_id and end_to_end_id have at most 35 characters',
    isExceeded(request) {
      const { instruction_id, end_to_end_id } = firstOf(request).payment_id ?? {};
      return [instruction_id, end_to_end_id].some((id) => (id?.length ?? 0) > 35);
    },
  },
  {
    detail: 'reference_number is not supported by the ASPSP',
    isExceeded: (request, { reference_number_supported }) =>
      !reference_number_supported && isGiven(firstOf(request).reference_number),
  },
  {
    detail: 'reference_number must be a KID',
    isExceeded: (request) =>
      isGiven(firstOf(request).reference_number) && !isPlausibleKid(firstOf(request).reference_number ?? ''),
  },
  {
    detail: 'a reference number and remittance information cannot both be given',
    isExceeded: (request, { remittance_reference_supported }) =>
      !remittance_reference_supported &&
      isGiven(firstOf(request).reference_number) &&
      isGiven(firstOf(request).remittance_information),
  },
  {
    detail: 'remittance_information must have the lines that the ASPSP takes, in their lengths',
    isExceeded: (request, { remittance_information_lines: lines }) => {
      const given = firstOf(request).remittance_information;
      if (given === undefined || given === null) return false;
      const fits = lines.every(({ min_length, max_length }, index) => {
        const length = given[index]?.length ?? 0;
        return length >= min_length && length <= max_length;
      });
      return given.length !== lines.length || !fits;
    },
  },
];

/** Refuses an order that the bank's capability rules out, by the first limit that it exceeds. */
export function judgeLimits(request: PaymentRequest, bank: SandboxBank, today: string): void {
  const capability = capabilitiesOf(bank, request.psu_type).find(
    ({ payment_type }) => payment_type === request.payment_type,
  );
  if (capability === undefined)
    throw refuse('WRONG_REQUEST_PARAMETERS', 'the ASPSP does not support this payment_type');
  const exceeded = limits.find((limit) => limit.isExceeded(request, capability, today));
  if (exceeded) throw refuse(exceeded.code ?? 'WRONG_REQUEST_PARAMETERS', exceeded.detail);
}

function isListed(value: string | null | undefined, values: readonly string[]): boolean {
  return value === undefined || value === null || values.includes(value);
}

function isAccount(account: Identification | null | undefined, schemes: readonly string[]): boolean {
  if (account === undefined || account === null) return false;
  return schemes.includes(account.scheme_name) && accountNumberIn(account) !== undefined;
}
