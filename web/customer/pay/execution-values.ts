import type { Account } from '#http/contract/accounts.ts';
import type { NewPayment } from '#http/contract/payments.ts';
import { dayAfter } from '#domain/banking/bank-days.ts';
import { instantOereMax } from '#domain/banking/order-fault.ts';
import type { Format } from '#domain/formats.ts';
import type { Execution } from '#domain/payment/execution.ts';
import type { OrderTexts } from '../texts/nb-order.ts';
import { readAmount } from './amount-text.ts';
import { rulesOf, type PaymentFormErrors, type PaymentFormValues } from './payment-form-values.ts';

type PayingAccount = Pick<Account, 'bankName' | 'paymentRules'>;

/** When a bank can pay. */
export interface ExecutionChoices {
  /** Whether the form offers an instant payment: a KID excludes it. */
  offersInstant: boolean;
  /** Whether a payment can be ordered for a later day. */
  offersDay: boolean;
  /** The first and the last day for which one can be ordered, `YYYY-MM-DD`. */
  firstDay: string;
  lastDay: string;
}

/** The choices at the bank of the account, on a day in Norway (`YYYY-MM-DD`). */
export function executionChoices(
  values: Pick<PaymentFormValues, 'referenceKind'>,
  { account, today }: { account: PayingAccount | undefined; today: string },
): ExecutionChoices {
  const { takesInstant, daysAheadMax } = rulesOf(account);
  return {
    offersInstant: takesInstant && values.referenceKind !== 'kid',
    offersDay: daysAheadMax > 0,
    firstDay: dayAfter(today),
    lastDay: dayAfter(today, daysAheadMax),
  };
}

interface Checks {
  texts: OrderTexts['errors'];
  format: Format;
  account: PayingAccount | undefined;
  /** In Norway, `YYYY-MM-DD`. */
  today: string;
}

/** The faults of when it is paid; empty without one. */
export function executionFaults(values: PaymentFormValues, checks: Checks): PaymentFormErrors {
  const date = values.when === 'on' ? dateFault(values.date, checks) : undefined;
  const instant = isInstant(values, checks) ? instantFault(values.amount, checks) : undefined;
  return { ...(date !== undefined && { date }), ...(instant !== undefined && { instant }) };
}

function dateFault(date: string, { texts, format, account, today }: Checks): string | undefined {
  const { daysAheadMax } = rulesOf(account);
  const last = dayAfter(today, daysAheadMax);
  if (daysAheadMax === 0) return texts.dateNotTaken(account?.bankName);
  if (date === '') return texts.dateMissing;
  if (date <= today) return texts.dateNotFuture;
  return date > last ? texts.dateTooFar(format.date(`${last}T12:00:00Z`)) : undefined;
}

function instantFault(amount: string, { texts, format }: Checks): string | undefined {
  const read = readAmount(amount);
  const isTooLarge = read.kind === 'amount' && read.oere > instantOereMax;
  return isTooLarge
    ? texts.instantTooLarge(format.money({ amount: instantOereMax, currency: 'NOK' }))
    : undefined;
}

/** Whether it is instant: a choice that another account or a KID excludes does not count. */
function isInstant(
  values: Pick<PaymentFormValues, 'when' | 'instant' | 'referenceKind'>,
  at: { account: PayingAccount | undefined; today: string },
): boolean {
  return values.when === 'now' && values.instant && executionChoices(values, at).offersInstant;
}

/** What a valid form says about when to pay. A payment as soon as the bank can says nothing. */
export function executionOf(
  values: PaymentFormValues,
  at: { account: PayingAccount | undefined; today: string },
): Pick<NewPayment, 'instant' | 'executionDate'> {
  if (values.when === 'on') return { executionDate: values.date };
  return isInstant(values, at) ? { instant: true } : {};
}

/** The execution of an order that is about to be sent. */
export function orderedExecution({
  instant,
  executionDate,
}: Pick<NewPayment, 'instant' | 'executionDate'>): Execution {
  if (executionDate !== undefined) return { kind: 'on', date: executionDate };
  return { kind: instant === true ? 'instant' : 'normal' };
}
