import { isFinal, paymentStatuses } from '#domain/payment/status.ts';
import type { Queries } from './database.ts';
import { toPayment, type Payment } from './payments.ts';

const finalStatuses = paymentStatuses.filter(isFinal);

export interface FinalSample {
  /** A random id, from which on payments are taken, so that each is as likely as any other. */
  from: string;
  providers: readonly string[];
  createdSince: Date;
  /** A payment that ended later is not taken: its bank may not show it as it will stay. */
  updatedUntil: Date;
  limit: number;
}

/**
 * Payments that are over and that their bank does not contradict, which their provider can be asked about by its
 * reference, or which a transaction of the account settled.
 */
export async function sampleFinalPayments(queries: Queries, sample: FinalSample): Promise<Payment[]> {
  const rows = await queries
    .selectFrom('transactions')
    .selectAll()
    .where('id', '>=', sample.from)
    .where('due_at', 'is', null)
    .where(({ or, eb }) => or([eb('payment_id', 'is not', null), eb('status', '=', 'settled')]))
    .where('status', 'in', finalStatuses)
    .where('provider', 'in', sample.providers)
    .where('created_at', '>', sample.createdSince)
    .where('updated_at', '<', sample.updatedUntil)
    .orderBy('id')
    .limit(sample.limit)
    .execute();
  return rows.map(toPayment);
}
