import { sql, type RawBuilder } from 'kysely';
import type { Evidence, PaymentStatus } from '#domain/payment/status.ts';
import type { Queries } from './database.ts';

/** The most entries of each kind in a timeline, the newest. */
const entriesMax = 200;

/** What is kept about a payment, as an operator reads it. `kind` says where the entry comes from. */
export type TimelineEntry =
  | {
      kind: 'event';
      at: Date;
      status: PaymentStatus;
      evidence: Evidence;
      outcome: 'moved' | 'contradiction';
      /** The bank's own words. */
      wireStatus: string | null;
      reasonCode: string | null;
      differences: string[] | null;
    }
  | {
      kind: 'call';
      at: Date;
      id: number;
      operation: string;
      bankId: string | null;
      status: number | null;
      errorCode: string | null;
      providerCode: string | null;
      providerRequestId: string | null;
    }
  | {
      kind: 'webhook';
      at: Date;
      id: number;
      eventType: string;
      status: string;
      failures: number;
      lastError: string | null;
    }
  | { kind: 'message'; at: Date; id: string; channel: string; code: string; status: string }
  | { kind: 'access'; at: Date; actorName: string; what: string; why: string };

/** The members of a payment by which its traces are found. */
export interface TracedPayment {
  id: string;
  userId: string;
  provider: string;
  reference: string | null;
  traceparent: string | null;
  createdAt: Date;
}

/** Everything that is kept about a payment, the oldest first. */
export async function readTimeline(queries: Queries, payment: TracedPayment): Promise<TimelineEntry[]> {
  const read = [eventsOf, callsOf, webhooksOf, messagesOf, accessesOf];
  const entries: TimelineEntry[] = [];
  for (const one of read) entries.push(...(await one(queries, payment)).reverse());
  return entries.sort((a, b) => a.at.getTime() - b.at.getTime());
}

type Entry<Kind extends TimelineEntry['kind']> = Extract<TimelineEntry, { kind: Kind }>;

async function eventsOf(queries: Queries, { id }: TracedPayment): Promise<Entry<'event'>[]> {
  const { rows } = await sql<Entry<'event'>>`
    select 'event' as kind, at, status, evidence, outcome, wire_status as "wireStatus", reason_code as "reasonCode",
      differences
    from transaction_events where transaction_id = ${id} order by id desc limit ${entriesMax}
  `.execute(queries);
  return rows;
}

/**
 * A condition on `outbound_calls`: the calls that were made for a payment, that belong to its trace, or that have its
 * reference in a recorded field.
 */
export function ofPayment(payment: TracedPayment): RawBuilder<boolean> {
  const { id, provider, reference, traceparent, createdAt } = payment;
  const traceId = traceparent?.split('-')[1] ?? null;
  return sql<boolean>`(provider = ${provider} and started_at >= ${createdAt}::timestamptz - interval '1 minute'
    and (payment_id = ${id} or split_part(traceparent, '-', 2) = ${traceId}
      or strpos(response::text, to_json(${reference}::text)::text) > 0
      or strpos(request::text, to_json(${reference}::text)::text) > 0))`;
}

/** Calls are kept for 14 days. */
async function callsOf(queries: Queries, payment: TracedPayment): Promise<Entry<'call'>[]> {
  const { rows } = await sql<Entry<'call'>>`
    select 'call' as kind, started_at as at, id, operation, bank_id as "bankId", status, error_code as "errorCode",
      provider_code as "providerCode", provider_request_id as "providerRequestId"
    from outbound_calls where ${ofPayment(payment)}
    order by id desc limit ${entriesMax}
  `.execute(queries);
  return rows;
}

async function webhooksOf(
  queries: Queries,
  { provider, reference }: TracedPayment,
): Promise<Entry<'webhook'>[]> {
  const { rows } = await sql<Entry<'webhook'>>`
    select 'webhook' as kind, received_at as at, id, event_type as "eventType", status, failures,
      last_error as "lastError"
    from webhook_inbox where provider = ${provider} and subject = ${reference} order by id desc limit ${entriesMax}
  `.execute(queries);
  return rows;
}

async function messagesOf(
  queries: Queries,
  { id, userId, createdAt }: TracedPayment,
): Promise<Entry<'message'>[]> {
  const { rows } = await sql<Entry<'message'>>`
    select 'message' as kind, created_at as at, id, channel, code, status from outbox
    where created_at >= ${createdAt} and starts_with(recipient, ${`user:${userId}`})
      and parameters->>'paymentId' = ${id}
    order by sequence desc limit ${entriesMax}
  `.execute(queries);
  return rows;
}

async function accessesOf(queries: Queries, { id }: TracedPayment): Promise<Entry<'access'>[]> {
  const { rows } = await sql<Entry<'access'>>`
    select 'access' as kind, at, actor_name as "actorName", what, why from payment_access_log
    where payment_id = ${id} order by id desc limit ${entriesMax}
  `.execute(queries);
  return rows;
}
