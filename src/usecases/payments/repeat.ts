import { DropError } from '#domain/errors.ts';
import { findAlikePayment, type NewPayment } from '#store/payments.ts';
import type { Queries } from '#store/database.ts';

/** Within this time a second payment of the same amount to the same account may be meant as the first. */
const alikeMs = 600_000;

/**
 * Refuses a payment that looks like another one that the customer has just made and that may have gone through. `at` is
 * the time of sending, which may be long after the payment was written: one that failed can be sent again.
 *
 * @throws {DropError} `payment_repeated`. A request that accepts the repetition is let through.
 */
export async function refuseUnmeantRepeat(
  queries: Queries,
  { id, userId, order, at }: Pick<NewPayment, 'id' | 'userId' | 'order' | 'at'>,
): Promise<void> {
  const alike = await findAlikePayment(queries, {
    id,
    userId,
    creditorAccountNumber: order.creditorAccountNumber,
    money: order.money,
    since: new Date(at.getTime() - alikeMs),
  });
  if (alike === undefined) return;
  const message = `payment ${alike} has the same amount and the same creditor account`;
  throw new DropError('payment_repeated', { message, outcome: 'not_sent' });
}
