import { DropError } from '#domain/errors.ts';
import { osloDay, startOfOsloDay } from '#domain/oslo-time.ts';
import type { Queries } from '#store/database.ts';
import { ownLimitsOf, paidSince } from '#store/own-limits.ts';
import type { NewPayment } from '#store/payments.ts';

/**
 * Refuses a payment above the limits that the customer has set: for one payment, and for all that are ordered in one
 * day in Norway. To be called with the customer locked, so that two payments do not both fit.
 *
 * @throws {DropError} `payment_above_own_limit`, `payment_above_day_limit`.
 */
export async function refuseAboveOwnLimits(
  queries: Queries,
  { id, userId, order, at }: Pick<NewPayment, 'id' | 'userId' | 'order' | 'at'>,
): Promise<void> {
  const { amount } = order.money;
  const { paymentLimit, dayLimit } = await ownLimitsOf(queries, userId);
  if (paymentLimit !== null && amount > paymentLimit) throw above('payment_above_own_limit');
  if (dayLimit === null) return;
  const since = startOfOsloDay(osloDay(at));
  if (amount + (await paidSince(queries, { id, userId, since })) > dayLimit)
    throw above('payment_above_day_limit');
}

function above(code: 'payment_above_own_limit' | 'payment_above_day_limit'): DropError {
  const message = 'the amount is above a limit that the customer has set';
  return new DropError(code, { message, outcome: 'not_sent', fields: [{ field: 'amount', message: code }] });
}
