import { sql } from 'kysely';
import type { Queries } from '../database.ts';

/** What a provider still serves; a provider of which all are 0 can be switched off. */
export interface ProviderUsage {
  provider: string;
  /** Customers with an active consent. */
  customers: number;
  activeConsents: number;
  pendingConsents: number;
  /** Payments that are not over: their webhooks still come. */
  openPayments: number;
}

/**
 * Of every provider that serves anything, by id. A consent that has been pending since before `pendingSince` was
 * abandoned.
 */
export async function providerUsage(
  queries: Queries,
  { now, pendingSince }: { now: Date; pendingSince: Date },
): Promise<ProviderUsage[]> {
  const { rows } = await sql<ProviderUsage>`
    with consents as (
      select provider,
        count(distinct user_id) filter (where status = 'active')::integer as customers,
        count(*) filter (where status = 'active')::integer as active,
        count(*) filter (where status = 'pending')::integer as pending
      from bank_connections
      where status = 'active' and (valid_until is null or valid_until > ${now}::timestamptz)
        or status = 'pending' and created_at > ${pendingSince}::timestamptz
      group by provider
    ),
    payments as (
      select provider, count(*)::integer as open from transactions where due_at is not null group by provider
    )
    select provider, coalesce(customers, 0) as customers, coalesce(active, 0) as "activeConsents",
      coalesce(pending, 0) as "pendingConsents", coalesce(open, 0) as "openPayments"
    from consents full join payments using (provider)
    order by provider
  `.execute(queries);
  return rows;
}

/** The name of each bank by its key, as consents of the past have it. */
export async function knownBanks(queries: Queries): Promise<Map<string, string>> {
  const rows = await queries
    .selectFrom('bank_connections')
    .select(['bank_key', (from) => from.fn.max('bank_name').as('name')])
    .where('bank_key', 'is not', null)
    .groupBy('bank_key')
    .execute();
  return new Map(rows.map(({ bank_key: key, name }) => [key ?? '', name]));
}
