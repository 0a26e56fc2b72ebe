import type { ErrorCode } from '#domain/errors.ts';
import { problemOf } from '#kit/api/problem.ts';
import type { PaymentField, PaymentFormErrors } from './payment-form-values.ts';

/** The form's field for each path that the server can name. */
const named: Record<string, PaymentField | undefined> = {
  accountId: 'accountId',
  'creditor.accountNumber': 'accountNumber',
  'creditor.name': 'name',
  amount: 'amount',
  kid: 'kid',
  text: 'text',
};

/** The form's field for error codes that name no field. */
const byCode: Partial<Record<ErrorCode, PaymentField>> = {
  payment_creditor_account_invalid: 'accountNumber',
  payment_kid_invalid: 'kid',
  payment_amount_invalid: 'amount',
  payment_insufficient_funds: 'amount',
  account_unknown: 'accountId',
};

/** Converts the server's refusal to faults of the form; empty if it concerns none of the form's fields. */
export function fieldFaultsOf(error: unknown): PaymentFormErrors {
  const problem = problemOf(error);
  if (problem === undefined) return {};
  // Reversed, so that the first of several faults of one field wins: it must be corrected first.
  const faults = (problem.fields ?? []).toReversed().flatMap(({ field, message }) => {
    const own = named[field];
    return own === undefined ? [] : [[own, message] as const];
  });
  if (faults.length > 0) return Object.fromEntries(faults);
  const field = byCode[problem.code];
  return field === undefined ? {} : { [field]: problem.message };
}
