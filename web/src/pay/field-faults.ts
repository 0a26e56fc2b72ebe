import type { ErrorCode } from '../../../src/domain/errors.ts';
import { problemOf } from '../api/problem.ts';
import type { PaymentField, PaymentFormErrors } from './payment-form-values.ts';

/** The field that a refusal is about. */
const fields: Partial<Record<ErrorCode, PaymentField>> = {
  payment_creditor_account_invalid: 'accountNumber',
  payment_kid_invalid: 'kid',
  payment_amount_invalid: 'amount',
  payment_insufficient_funds: 'amount',
  account_unknown: 'accountId',
};

/** The server's refusal as faults of the form; empty when it is about none of its fields. */
export function fieldFaultsOf(error: unknown): PaymentFormErrors {
  const problem = problemOf(error);
  const field = problem && fields[problem.code];
  return problem && field ? { [field]: problem.message } : {};
}
