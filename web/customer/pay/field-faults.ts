import type { ErrorCode } from '#domain/errors.ts';
import type { Locale } from '#domain/locale.ts';
import { ApiProblem } from '#kit/api/problem.ts';
import type { PayTexts } from '../texts/nb-pay.ts';
import type { PaymentField, PaymentFormErrors } from './payment-form-values.ts';

/** The form's field for each path that the server can name. */
const named: Record<string, PaymentField | undefined> = {
  accountId: 'accountId',
  'creditor.accountNumber': 'accountNumber',
  'creditor.name': 'name',
  amount: 'amount',
  kid: 'kid',
  text: 'text',
  executionDate: 'date',
  instant: 'instant',
};

/** The form's field for error codes that are about one. */
const byCode = {
  payment_creditor_account_invalid: 'accountNumber',
  payment_kid_invalid: 'kid',
  payment_amount_invalid: 'amount',
  payment_above_own_limit: 'amount',
  payment_above_day_limit: 'amount',
  payment_insufficient_funds: 'amount',
  account_unknown: 'accountId',
} as const satisfies Partial<Record<ErrorCode, PaymentField>>;

/** An error code that the form shows at a field, in words of its own. */
export type FieldCode = keyof typeof byCode;

interface Words {
  refused: PayTexts['refused'];
  locale: Locale;
}

/**
 * Converts the server's refusal to faults of the form; empty if it concerns none of the form's fields. The server's
 * message at a field counts only while the screen is still in the language in which the server answered.
 */
export function fieldFaultsOf(error: unknown, { refused, locale }: Words): PaymentFormErrors {
  if (!(error instanceof ApiProblem)) return {};
  const { code, fields = [] } = error.problem;
  if (isFieldCode(code)) return { [byCode[code]]: refused[code] };
  // Reversed, so that the first of several faults of one field wins: it must be corrected first.
  const faults = fields.toReversed().flatMap(({ field, message }) => {
    const own = named[field];
    return own === undefined ? [] : [[own, error.locale === locale ? message : refused.field] as const];
  });
  return Object.fromEntries(faults);
}

function isFieldCode(code: ErrorCode): code is FieldCode {
  return code in byCode;
}
