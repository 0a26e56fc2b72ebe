import { sql } from 'kysely';
import type { Queries } from './database.ts';

/** The most banks, and the most payments, that are read at once. */
const banksMax = 500;
const paymentsMax = 5_000;
/** The most settled payments, the latest, of which the usual time is taken. */
const settledMax = 20_000;

/** Payments of unknown outcome at one bank; `ids` are those of the oldest five. */
export interface UnknownPayments {
  provider: string;
  bankId: string;
  bank: string;
  payments: number;
  customers: number;
  ids: string[];
}

export async function unknownPayments(queries: Queries): Promise<UnknownPayments[]> {
  const { rows } = await sql<UnknownPayments>`
    select provider, bank_id as "bankId", min(bank_name) as bank, count(*)::integer as payments,
      count(distinct user_id)::integer as customers, (array_agg(id::text order by created_at, id))[1:5] as ids
    from transactions where due_at is not null and status = 'unknown'
    group by provider, bank_id order by payments desc limit ${banksMax}
  `.execute(queries);
  return rows;
}

/** Those of `ids` that their bank contradicts. */
export async function contradictedPayments(queries: Queries, ids: readonly string[]): Promise<string[]> {
  const contradicted = queries
    .selectFrom('transactions')
    .select('id')
    .where('contradicted_at', 'is not', null);
  return (await contradicted.where('id', 'in', ids).execute()).map(({ id }) => id);
}

/** A payment that is not over. */
export interface OpenPayment {
  id: string;
  userId: string;
  provider: string;
  bankId: string;
  bank: string;
  /** Since when its bank has had to act. */
  since: Date;
  /** The day for which it was ordered, `YYYY-MM-DD`. */
  executionDate: string | null;
}

/**
 * Payments that their bank has had to act upon since before `before`, the oldest first: neither those of
 * unknown outcome nor those that the bank scheduled by itself. One that was ordered for a day is due when that day is
 * over. Until it can no longer be approved, a payment waits for its customer and not for its bank;
 * a bank that names no end is given a day.
 */
export async function paymentsOpenSince(queries: Queries, before: Date): Promise<OpenPayment[]> {
  const { rows } = await sql<OpenPayment>`
    select id, user_id as "userId", provider, bank_id as "bankId", bank_name as bank, since,
      execution_date as "executionDate"
    from transactions cross join lateral (
      select case status
        when 'awaiting_authorisation' then coalesce(redirect_expires_at, created_at + interval '1 day')
        when 'created' then created_at
        when 'initiating' then created_at
        else coalesce((execution_date + 1)::timestamp at time zone 'Europe/Oslo', created_at)
      end as since
    ) as acting
    where due_at is not null and since < ${before}
      and (status in ('created', 'initiating', 'awaiting_authorisation', 'authorised', 'processing')
        or (status = 'scheduled' and execution_date is not null))
    order by since limit ${paymentsMax}
  `.execute(queries);
  return rows;
}

/** How long payments of a bank took until they were settled; `p95Ms` in milliseconds. */
export interface SettlementTimes {
  provider: string;
  bankId: string;
  settled: number;
  p95Ms: number;
}

/** The times of the latest payments that were settled after `since`, without those that waited for a later day. */
export async function settlementTimes(queries: Queries, since: Date): Promise<SettlementTimes[]> {
  const { rows } = await sql<SettlementTimes>`
    select provider, bank_id as "bankId", count(*)::integer as settled,
      1000 * percentile_cont(0.95) within group (order by extract(epoch from settled_at - created_at)) as "p95Ms"
    from (
      select provider, bank_id, created_at, settled_at from transactions as payment
      where settled_at > ${since} and execution_date is null and not exists (
        select from transaction_events
        where transaction_id = payment.id and transaction_events.status = 'scheduled'
      )
      order by settled_at desc limit ${settledMax}
    ) as latest
    group by provider, bank_id
  `.execute(queries);
  return rows;
}

/** How many payments are under way at a provider, or at one of its banks, and how many customers they belong to. */
export async function paymentsUnderWay(
  queries: Queries,
  { provider, bankId }: { provider: string; bankId: string | undefined },
): Promise<{ payments: number; customers: number }> {
  const found = await queries
    .selectFrom('transactions')
    .select(sql<number>`count(*)::integer`.as('payments'))
    .select(sql<number>`count(distinct user_id)::integer`.as('customers'))
    .where('due_at', 'is not', null)
    .where('provider', '=', provider)
    .$if(bankId !== undefined, (query) => query.where('bank_id', '=', bankId ?? ''))
    .executeTakeFirstOrThrow();
  return found;
}
