import type { ErrorCode } from '#domain/errors.ts';
import { problemOf } from '#kit/api/problem.ts';
import type { PaymentField, PaymentFormErrors } from './payment-form-values.ts';

/** The fields of the form by what the server calls them. */
const named: Record<string, PaymentField | undefined> = {
  accountId: 'accountId',
  'creditor.accountNumber': 'accountNumber',
  'creditor.name': 'name',
  amount: 'amount',
  kid: 'kid',
  text: 'text',
};

/** The field that a refusal is about which names none. */
const byCode: Partial<Record<ErrorCode, PaymentField>> = {
  payment_creditor_account_invalid: 'accountNumber',
  payment_kid_invalid: 'kid',
  payment_amount_invalid: 'amount',
  payment_insufficient_funds: 'amount',
  account_unknown: 'accountId',
};

/** The server's refusal as faults of the form; empty when it is about none of its fields. */
export function fieldFaultsOf(error: unknown): PaymentFormErrors {
  const problem = problemOf(error);
  if (problem === undefined) return {};
  // Of several faults of one field the first is shown: it is the one to mend first.
  const faults = (problem.fields ?? []).toReversed().flatMap(({ field, message }) => {
    const own = named[field];
    return own === undefined ? [] : [[own, message] as const];
  });
  if (faults.length > 0) return Object.fromEntries(faults);
  const field = byCode[problem.code];
  return field === undefined ? {} : { [field]: problem.message };
}
