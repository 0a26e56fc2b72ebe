import { sql, type Selectable } from 'kysely';
import type { PaymentStatus } from '#domain/payment/status.ts';
import type { Queries } from './database.ts';
import { toPayment, type Payment } from './payments.ts';
import type { Schema } from './schema.ts';

export interface DueOptions {
  /** How many to take in all. */
  limit: number;
  /** How many of one bank that answers may be in hand at once; of another bank, one. */
  perBankMax: number;
  /** Banks that the caller knows: how many it has in hand already, and whether the bank answered last. */
  banks: readonly { provider: string; bankId: string; inHand: number; answers: boolean }[];
  /** For how long they are the caller's alone. Whoever dies with them in hand loses them then. */
  leaseMs: number;
}

/**
 * Takes payments that the bank is to be asked about: each bank's longest due first, and of every bank one before any
 * has a second. A recursive walk over the index finds the banks, so that however many payments wait at one of them,
 * only `perBankMax` are read.
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
      select id from due where turn <= turn_max order by turn, due_at limit ${limit}
    )
    returning *
  `.execute(queries);
  return rows.map(toPayment);
}

/**
 * Puts off when the bank is asked next, where nobody has decided on it since the payment was taken: one that is over
 * meanwhile stays over, and one whose customer came back is asked about as soon as that asks for.
 */
export async function putOffReading(
  queries: Queries,
  taken: Pick<Payment, 'id' | 'dueAt'>,
  { askedAt, dueAt }: { askedAt: Date; dueAt: Date },
): Promise<void> {
  await queries
    .updateTable('transactions')
    .set({
      asked_at: askedAt,
      due_at: sql<Date | null>`case when due_at = ${taken.dueAt ?? null} then ${dueAt} else due_at end`,
    })
    .where('id', '=', taken.id)
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
