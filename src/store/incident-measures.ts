import { sql, type RawBuilder } from 'kysely';
import type { Queries } from './database.ts';

export interface MeasuredTime {
  from: Date;
  until: Date;
  /** Payments of this provider, and of this bank, alone. */
  provider?: string | undefined;
  bank?: string | undefined;
}

/** Payments begun in a time. Values are in øre. */
export interface MeasuredPayments {
  begun: { payments: number; customers: number; value: number };
  /** Those that failed, ran out unapproved, have an unknown outcome, or are contradicted by the bank. */
  affected: { payments: number; customers: number; value: number };
}

const isAffected = sql<boolean>`
  (status in ('initiating', 'unknown', 'failed', 'expired') or contradicted_at is not null)
`;

function isMeasured({ from, until, ...where }: MeasuredTime): RawBuilder<boolean> {
  const [provider, bank] = [where.provider ?? null, where.bank ?? null];
  return sql<boolean>`
    created_at >= ${from} and created_at < ${until}
    and (${provider}::text is null or provider = ${provider}) and (${bank}::text is null or bank_name = ${bank})
  `;
}

export async function measurePayments(queries: Queries, time: MeasuredTime): Promise<MeasuredPayments> {
  const { rows } = await sql<Record<'payments' | 'customers' | 'value', number> & { isAffected: boolean }>`
    with begun as (
      select user_id, amount, ${isAffected} as "isAffected" from transactions where ${isMeasured(time)}
    )
    select "isAffected", count(*)::int as payments, count(distinct user_id)::int as customers,
      coalesce(sum(amount), 0)::float as value
    from begun group by grouping sets ((), ("isAffected"))
  `.execute(queries);
  const none = { payments: 0, customers: 0, value: 0 };
  const counted = (isOfThese: boolean | null) => {
    const row = rows.find((each) => each.isAffected === isOfThese);
    return row ? { payments: row.payments, customers: row.customers, value: row.value } : none;
  };
  return { begun: counted(null), affected: counted(true) };
}

/** More than this are counted, and not listed. */
const idsMax = 10_000;

/** The ids of the affected payments of a time, the oldest first, at most ten thousand. */
export async function affectedPayments(queries: Queries, time: MeasuredTime): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from transactions where ${isMeasured(time)} and ${isAffected} order by created_at limit ${idsMax}
  `.execute(queries);
  return rows.map(({ id }) => id);
}

/** Requests to providers in a time, and how many of them failed or had no answer. Drop keeps them for 14 days. */
export async function measureCalls(
  queries: Queries,
  { from, until, provider }: MeasuredTime,
): Promise<{ calls: number; failed: number }> {
  const { rows } = await sql<{ calls: number; failed: number }>`
    select count(*)::int as calls,
      count(*) filter (where status is null or status >= 500 or failure is not null)::int as failed
    from outbound_calls
    where started_at >= ${from} and started_at < ${until}
      and (${provider ?? null}::text is null or provider = ${provider ?? null})
  `.execute(queries);
  return rows[0] ?? { calls: 0, failed: 0 };
}

export async function countCustomers(queries: Queries): Promise<number> {
  const { count } = await queries
    .selectFrom('users')
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}
