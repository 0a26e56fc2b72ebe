import { readPaymentPage } from '#store/customer-payments.ts';
import type { Queries } from '#store/database.ts';
import type { Payment } from '#store/payments.ts';

/** A customer's payments, newest first. */
export async function listPayments(queries: Queries, userId: string, limit: number): Promise<Payment[]> {
  return (await readPaymentPage(queries, { userId, cursor: undefined, limit })).payments;
}
