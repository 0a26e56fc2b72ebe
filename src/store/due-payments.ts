import { sql, type Selectable } from 'kysely';
import type { PaymentStatus } from '#domain/payment/status.ts';
import type { Queries } from './database.ts';
import { toPayment, type Payment } from './payments.ts';
import type { Schema } from './schema.ts';

export interface DueOptions {
  /** How many to take in all. */
  limit: number;
  /** How many of one bank may be in hand at once. */
  perBankMax: number;
  /** How many the caller has in hand already, by bank. */
  inHand: readonly { provider: string; bankId: string; count: number }[];
  /** For how long they are the caller's alone. Whoever dies with them in hand loses them then. */
  leaseMs: number;
}

/**
 * Takes payments that the bank is to be asked about: each bank's longest due first, and of every bank one before any
 * has a second. A recursive walk over the index finds the banks, so that however many payments wait at one of them,
 * only `perBankMax` are read.
 */
export async function takeDuePayments(queries: Queries, at: Date, options: DueOptions): Promise<Payment[]> {
  const { limit, perBankMax, inHand, leaseMs } = options;
  const now = sql`${at}::timestamptz`;
  const until = new Date(at.getTime() + leaseMs);
  const { rows } = await sql<Selectable<Schema['transactions']>>`
    with recursive banks as (
      (
        select provider, bank_id from transactions
        where due_at is not null
        order by provider, bank_id limit 1
      )
      union all
      select next.provider, next.bank_id from banks, lateral (
        select provider, bank_id from transactions
        where due_at is not null and (provider, bank_id) > (banks.provider, banks.bank_id)
        order by provider, bank_id limit 1
      ) as next
    ),
    taken as (
      select * from unnest(
        ${inHand.map(({ provider }) => provider)}::text[],
        ${inHand.map(({ bankId }) => bankId)}::text[],
        ${inHand.map(({ count }) => count)}::integer[]
      ) as taken (provider, bank_id, count)
    ),
    due as (
      select candidate.id, candidate.due_at, candidate.turn + coalesce(taken.count, 0) as turn
      from banks
      left join taken using (provider, bank_id)
      cross join lateral (
        select id, due_at, row_number() over (order by due_at) as turn from (
          select id, due_at from transactions
          where provider = banks.provider and bank_id = banks.bank_id and due_at <= ${now}
          order by due_at limit ${perBankMax}
          for update skip locked
        ) as locked
      ) as candidate
    )
    update transactions set due_at = ${until}
    where id in (
      select id from due where turn <= ${perBankMax} order by turn, due_at limit ${limit}
    )
    returning *
  `.execute(queries);
  return rows.map(toPayment);
}

/** Puts off when the bank is asked next. A payment that is over meanwhile stays over. */
export async function putOffReading(
  queries: Queries,
  id: string,
  { askedAt, dueAt }: { askedAt: Date; dueAt: Date },
): Promise<void> {
  await queries
    .updateTable('transactions')
    .set({ asked_at: askedAt, due_at: dueAt })
    .where('id', '=', id)
    .where('due_at', 'is not', null)
    .execute();
}

/** Payments that are not over, or that their bank contradicts, by status: how many, and since when the oldest. */
export async function unresolvedPayments(
  queries: Queries,
): Promise<{ status: PaymentStatus; count: number; oldestAt: Date }[]> {
  return queries
    .selectFrom('transactions')
    .select(({ fn }) => [
      'status',
      fn.countAll<number>().as('count'),
      fn.min<Date>('created_at').as('oldestAt'),
    ])
    .where('due_at', 'is not', null)
    .groupBy('status')
    .execute();
}
