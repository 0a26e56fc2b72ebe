import { DropError, type FieldFault } from '../errors.ts';
import type { PaymentOrder } from '../payment/order.ts';
import { dayAfter } from './bank-days.ts';
import { remittanceFault, type PaymentRules, type RemittanceFault } from './payment-rules.ts';

/** The largest instant payment in Norway, in øre: 500 000,00 kr. A bank's own limit may be lower. */
export const instantOereMax = 50_000_000;

/** The orders of a bank that `rules` describe, on a day in Norway (`YYYY-MM-DD`). */
export interface OrderLimits {
  rules: PaymentRules;
  today: string;
  /** For the log; undefined where Drop judges before the provider is involved. */
  provider?: string;
}

/** Why a bank does not take an order; undefined where it does. */
export function orderFault(
  order: Pick<PaymentOrder, 'money' | 'remittance' | 'execution'>,
  { rules, today }: OrderLimits,
): RemittanceFault | undefined {
  const { money, remittance } = order;
  if (!rules.currencies.includes(money.currency)) return faulty('amount', 'payment_amount_invalid');
  return remittanceFault(remittance, rules) ?? executionFault(order, rules, today);
}

/** @throws {DropError} `payment_refused_by_bank` or `invalid_request`, `not_sent`, for what the bank does not take. */
export function assertTaken(order: PaymentOrder, limits: OrderLimits): void {
  const fault = orderFault(order, limits);
  if (fault === undefined) return;
  const { provider } = limits;
  const details = { outcome: 'not_sent', ...(provider !== undefined && { provider }) } as const;
  if (fault.kind === 'kid_not_taken') {
    const message = 'the bank takes no KID through the provider';
    throw new DropError('payment_refused_by_bank', { message, ...details });
  }
  const message = `the bank does not take the order: ${fault.fault.field}`;
  throw new DropError('invalid_request', { message, ...details, fields: [fault.fault] });
}

/**
 * Whether an order can be instant: the scheme carries no KID and has a largest amount (Finans Norge, rules for
 * `straksbetalinger`).
 */
export function mayBeInstant(order: Pick<PaymentOrder, 'money' | 'remittance'>): boolean {
  return instantFault(order) === undefined;
}

function instantFault({
  money,
  remittance,
}: Pick<PaymentOrder, 'money' | 'remittance'>): RemittanceFault | undefined {
  if (remittance.kind === 'kid') return faulty('instant', 'instant_with_kid');
  return money.amount > instantOereMax ? faulty('instant', 'instant_amount_too_large') : undefined;
}

function executionFault(
  order: Pick<PaymentOrder, 'money' | 'remittance' | 'execution'>,
  { takesInstant, daysAheadMax }: PaymentRules,
  today: string,
): RemittanceFault | undefined {
  const { execution } = order;
  switch (execution.kind) {
    case 'normal':
      return undefined;
    case 'instant':
      return takesInstant ? instantFault(order) : faulty('instant', 'instant_not_taken');
    case 'on':
      return dateFault(execution.date, daysAheadMax, today);
  }
}

function dateFault(date: string, daysAheadMax: number, today: string): RemittanceFault | undefined {
  if (daysAheadMax === 0) return faulty('executionDate', 'execution_date_not_taken');
  if (date <= today) return faulty('executionDate', 'execution_date_not_future');
  const isTooFar = date > dayAfter(today, daysAheadMax);
  return isTooFar ? faulty('executionDate', 'execution_date_too_far') : undefined;
}

const faulty = (field: string, message: FieldFault['message']): RemittanceFault => ({
  kind: 'field',
  fault: { field, message },
});
