import { sql } from 'kysely';
import type { PaymentStatus } from '#domain/payment/status.ts';
import type { Queries } from '../database.ts';

/** A payment as it stands beside its chain. */
export interface PaymentState {
  status: PaymentStatus;
  createdAt: Date;
  /** Its reports, oldest first. */
  events: readonly { id: string; status: PaymentStatus; outcome: string; at: Date }[];
}

/** The payments of `ids` that are there. */
export async function readPaymentStates(
  queries: Queries,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PaymentState>> {
  const wanted = ids.filter((id) => /^[0-9a-f-]{36}$/.test(id));
  const { rows } = await sql<{ id: string; status: PaymentStatus; createdAt: Date }>`
    select id, status, created_at as "createdAt" from transactions where id = any (${wanted}::uuid[])
  `.execute(queries);
  const { rows: events } = await sql<PaymentState['events'][number] & { payment: string }>`
    select transaction_id as payment, id::text as id, status, outcome, at
    from transaction_events where transaction_id = any (${wanted}::uuid[]) order by transaction_events.id
  `.execute(queries);
  const byPayment = Map.groupBy(events, ({ payment }) => payment);
  return new Map(rows.map(({ id, ...row }) => [id, { ...row, events: byPayment.get(id) ?? [] }]));
}
