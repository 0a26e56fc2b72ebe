import { dayAfter } from '#domain/banking/bank-days.ts';
import { DropError } from '#domain/errors.ts';
import { startOfOsloDay } from '#domain/oslo-time.ts';
import { readPaymentSearch } from '#domain/payment/search.ts';
import type { PaymentStatus } from '#domain/payment/status.ts';
import { readPaymentPage, type PaymentPage } from '#store/customer-payments.ts';
import { findPayment } from '#store/payments.ts';
import type { User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';

const pageUsual = 50;

/** A customer's request for their payments; an absent member narrows nothing. */
export interface PaymentListing {
  /** The text to search for. */
  text?: string | undefined;
  statuses?: readonly PaymentStatus[] | undefined;
  /** Days in Norway, `YYYY-MM-DD`, both included. */
  from?: string | undefined;
  to?: string | undefined;
  /** The first day of settlement, `YYYY-MM-DD`. */
  settledFrom?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}

/**
 * A page of a customer's payments, the newest first. A page that finds little may be short, or empty, and still have a
 * next one.
 *
 * @throws {DropError} `invalid_request` when the cursor is no payment of theirs.
 */
export async function paymentsOf(
  { store }: Pick<UseCaseContext, 'store'>,
  { id: userId }: Pick<User, 'id'>,
  { text, statuses, from, to, settledFrom, cursor, limit = pageUsual }: PaymentListing,
): Promise<PaymentPage> {
  if (cursor !== undefined) {
    const last = await findPayment(store.database, { id: cursor });
    const fault = { field: 'cursor', message: 'is of no page of these payments' };
    if (last?.userId !== userId) throw new DropError('invalid_request', { fields: [fault] });
  }
  return readPaymentPage(store.database, {
    userId,
    cursor,
    limit,
    statuses,
    search: text === undefined ? undefined : readPaymentSearch(text),
    since: from === undefined ? undefined : startOfOsloDay(from),
    settledSince: settledFrom === undefined ? undefined : startOfOsloDay(settledFrom),
    until: to === undefined ? undefined : startOfOsloDay(dayAfter(to)),
  });
}
