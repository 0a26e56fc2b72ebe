import { sql, type Selectable } from 'kysely';
import { isFinal, paymentStatuses, type PaymentStatus } from '#domain/payment/status.ts';
import type { Queries } from './database.ts';
import { toPayment, type Payment } from './payments.ts';
import type { Schema } from './schema.ts';

export interface DueOptions {
  /** The most payments to take. */
  limit: number;
  /** The most payments in hand at once for a bank that answers; any other bank gets one. */
  perBankMax: number;
  /**
   * The banks that the caller knows: how many of their payments it has in hand, and whether their last answer arrived.
   */
  banks: readonly { provider: string; bankId: string; inHand: number; answers: boolean }[];
  /**
   * How long the payments belong to the caller alone. If the caller dies, other processes can take them after this
   * time.
   */
  leaseMs: number;
}

/**
 * Takes due payments: each bank's longest due first, and one of every bank before a second of any. A recursive walk
 * over the index finds the banks, so that only `perBankMax` payments of a bank are read, however many are due.
 */
export async function takeDuePayments(queries: Queries, at: Date, options: DueOptions): Promise<Payment[]> {
  const { limit, perBankMax, banks, leaseMs } = options;
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
    known as (
      select * from unnest(
        ${banks.map(({ provider }) => provider)}::text[],
        ${banks.map(({ bankId }) => bankId)}::text[],
        ${banks.map(({ inHand }) => inHand)}::integer[],
        ${banks.map(({ answers }) => answers)}::boolean[]
      ) as known (provider, bank_id, in_hand, answers)
    ),
    due as (
      select candidate.id, candidate.due_at, candidate.turn + coalesce(known.in_hand, 0) as turn,
        case when known.answers then ${perBankMax}::integer else 1 end as turn_max
      from banks
      left join known using (provider, bank_id)
      cross join lateral (
        select id, due_at, row_number() over (order by due_at, id) as turn from (
          select id, due_at from transactions
          where provider = banks.provider and bank_id = banks.bank_id and due_at <= ${now}
          order by due_at limit ${perBankMax}
          for update skip locked
        ) as locked
      ) as candidate
    ),
    first as (
      select id, turn, due_at from due where turn <= turn_max order by turn, due_at, id limit ${limit}
    ),
    taken as (
      update transactions set due_at = ${until} where id in (select id from first) returning *
    )
    select taken.* from taken join first using (id) order by first.turn, first.due_at, first.id
  `.execute(queries);
  return rows.map(toPayment);
}

/** A payment that is over is read once where an operator wants that, and not again. */
const isOver = sql`(contradicted_at is null and status in (${sql.join(paymentStatuses.filter(isFinal))}))`;

/**
 * Has the bank asked about a payment at once for an operator, also about one that is over; false when its status is no
 * longer `status`.
 */
export async function askSoon(
  queries: Queries,
  id: string,
  { status, at }: { status: PaymentStatus; at: Date },
): Promise<boolean> {
  const result = await queries
    .updateTable('transactions')
    .set({ due_at: at, wait_until: null, wanted_at: at })
    .where('id', '=', id)
    .where('status', '=', status)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/**
 * Puts off the next reading of a payment, unless `due_at` has changed since the payment was taken: a payment that has
 * ended meanwhile is not read again, and one whose customer came back is read as early as the return demands.
 */
export async function putOffReading(
  queries: Queries,
  taken: Pick<Payment, 'id' | 'dueAt' | 'wantedAt'>,
  { askedAt, waitUntil, dueAt }: { askedAt: Date; waitUntil: Date | undefined; dueAt: Date },
): Promise<void> {
  const next = sql`case when ${isOver} then null else ${dueAt}::timestamptz end`;
  await queries
    .updateTable('transactions')
    .set({
      asked_at: askedAt,
      wait_until: waitUntil ?? null,
      due_at: sql<Date | null>`case when due_at = ${taken.dueAt ?? null} then ${next} else due_at end`,
      // An operator who asks meanwhile wants another reading.
      wanted_at: sql<Date | null>`nullif(wanted_at, ${taken.wantedAt ?? null})`,
    })
    .where('id', '=', taken.id)
    .execute();
}

/**
 * Notes that the customer looks at a payment, and reads it `readingMs` after its last reading or change at the latest,
 * but no sooner than the provider wants.
 */
export async function markWatched(
  queries: Queries,
  id: string,
  { at, readingMs }: { at: Date; readingMs: number },
): Promise<void> {
  const wanted = sql`greatest(asked_at, updated_at) + make_interval(secs => ${readingMs / 1_000})`;
  const earliest = sql<Date>`greatest(${at}::timestamptz, ${wanted}, wait_until)`;
  await queries
    .updateTable('transactions')
    .set({ watched_at: at, due_at: sql<Date>`least(due_at, ${earliest})` })
    .where('id', '=', id)
    .where('due_at', 'is not', null)
    .execute();
}

/** Payments that are not over, or that their bank contradicts, by status: their number, and the time of the oldest. */
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

/** Whether an order to the provider has had no answer, so that its reference is not known. */
export async function hasUnansweredOrder(queries: Queries, provider: string): Promise<boolean> {
  const found = await queries
    .selectFrom('transactions')
    .select('id')
    .where('provider', '=', provider)
    .where('due_at', 'is not', null)
    .where('status', '=', 'unknown')
    .where('payment_id', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
