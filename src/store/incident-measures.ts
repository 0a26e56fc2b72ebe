import { sql } from 'kysely';
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
  affectedIds: string[];
}

/** More than this are counted, and not listed. */
const idsMax = 10_000;

export async function measurePayments(queries: Queries, time: MeasuredTime): Promise<MeasuredPayments> {
  const { from, until, provider, bank } = time;
  const { rows } = await sql<Record<'payments' | 'customers' | 'value', number> & { isAffected: boolean }>`
    with begun as (
      select user_id, amount,
        status in ('initiating', 'unknown', 'failed', 'expired') or contradicted_at is not null as "isAffected"
      from transactions
      where created_at >= ${from} and created_at < ${until}
        and (${provider ?? null}::text is null or provider = ${provider ?? null})
        and (${bank ?? null}::text is null or bank_name = ${bank ?? null})
    )
    select "isAffected", count(*)::int as payments, count(distinct user_id)::int as customers,
      coalesce(sum(amount), 0)::float as value
    from begun group by grouping sets ((), ("isAffected"))
  `.execute(queries);
  const none = { payments: 0, customers: 0, value: 0 };
  const counted = (isAffected: boolean | null) => {
    const row = rows.find((each) => each.isAffected === isAffected);
    return row ? { payments: row.payments, customers: row.customers, value: row.value } : none;
  };
  return { begun: counted(null), affected: counted(true), affectedIds: await affectedIds(queries, time) };
}

async function affectedIds(
  queries: Queries,
  { from, until, provider, bank }: MeasuredTime,
): Promise<string[]> {
  let found = queries
    .selectFrom('transactions')
    .select('id')
    .where('created_at', '>=', from)
    .where('created_at', '<', until)
    .where((is) =>
      is.or([
        is('status', 'in', ['initiating', 'unknown', 'failed', 'expired']),
        is('contradicted_at', 'is not', null),
      ]),
    );
  if (provider !== undefined) found = found.where('provider', '=', provider);
  if (bank !== undefined) found = found.where('bank_name', '=', bank);
  const rows = await found.orderBy('created_at').limit(idsMax).execute();
  return rows.map(({ id }) => id);
}

/** Requests to providers in a time, and how many of them failed or had no answer. Drop keeps them for 14 days. */
export async function measureCalls(
  queries: Queries,
  { from, until, provider }: MeasuredTime,
): Promise<{ calls: number; failed: number }> {
  const { rows } = await sql<{ calls: number; failed: number }>`
    select count(*)::int as calls, count(*) filter (where status is null or status >= 500)::int as failed
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
