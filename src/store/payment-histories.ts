import { sql, type Selectable } from 'kysely';
import type { HistoryEvent, PaymentHistory } from '#domain/payment/history.ts';
import type { Queries } from './database.ts';
import { toPayment } from './payments.ts';
import type { Schema } from './schema.ts';

const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The payments of `ids` that are there, with their events, and without what their customers were told. */
export async function readHistories(
  queries: Queries,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PaymentHistory>> {
  const wanted = ids.filter((id) => idForm.test(id));
  if (wanted.length === 0) return new Map();
  const rows = await queries
    .selectFrom('transactions')
    .selectAll()
    .where(sql<boolean>`id = any (${wanted}::uuid[])`)
    .execute();
  const events = await queries
    .selectFrom('transaction_events')
    .selectAll()
    .where(sql<boolean>`transaction_id = any (${wanted}::uuid[])`)
    .orderBy('id')
    .execute();
  const byPayment = Map.groupBy(events, ({ transaction_id }) => transaction_id);
  return new Map(rows.map((row) => [row.id, toHistory(row, byPayment.get(row.id) ?? [])]));
}

type Row<Table extends keyof Schema> = Selectable<Schema[Table]>;

function toHistory(row: Row<'transactions'>, events: readonly Row<'transaction_events'>[]): PaymentHistory {
  const { id, userId, provider, reference, status, order, ...payment } = toPayment(row);
  const { initiatedAt, settledAt, dismissedAt, contradictedAt } = payment;
  return {
    id,
    userId,
    provider,
    reference,
    status,
    order,
    initiatedAt,
    settledAt,
    dismissedAt,
    idempotencyKey: row.idempotency_key,
    orderHash: row.order_hash,
    isContradicted: contradictedAt !== undefined,
    events: events.map(toEvent),
    told: undefined,
  };
}

function toEvent(row: Row<'transaction_events'>): HistoryEvent {
  return {
    id: String(row.id),
    status: row.status,
    evidence: row.evidence,
    outcome: row.outcome,
    wireStatus: row.wire_status ?? undefined,
    differences: row.differences ?? [],
    at: row.at,
  };
}
