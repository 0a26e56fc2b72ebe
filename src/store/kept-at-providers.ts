import { sql } from 'kysely';
import type { Queries } from './database.ts';

/** What customers have at a provider that only that provider can serve. */
export interface KeptAtProvider {
  provider: string;
  /** Consents that are active, or pending and not abandoned, or still to be ended at the provider. */
  consents: number;
  /** Payments that are not over, or that their bank contradicts. */
  payments: number;
}

/**
 * What is kept at providers other than `live`; only those that have something. A pending consent counts if it was begun
 * after `pendingSince`: an older one was abandoned. Walks over the providers by index, so that the many rows of the
 * live ones are not read.
 */
export async function keptAtOtherProviders(
  queries: Queries,
  { live, now, pendingSince }: { live: readonly string[]; now: Date; pendingSince: Date },
): Promise<KeptAtProvider[]> {
  const { rows } = await sql<KeptAtProvider>`
    with recursive of_consents as (
      select min(provider) as provider from bank_connections
      union all
      select (select min(provider) from bank_connections where provider > of_consents.provider)
      from of_consents where of_consents.provider is not null
    ),
    of_payments as (
      select min(provider) as provider from transactions where due_at is not null
      union all
      select (select min(provider) from transactions where due_at is not null and provider > of_payments.provider)
      from of_payments where of_payments.provider is not null
    ),
    others as (
      select provider from (select provider from of_consents union select provider from of_payments) as every
      where provider is not null and provider <> all(${live}::text[])
    ),
    kept as (
      select provider,
        (
          select count(*)::integer from bank_connections where provider = others.provider and (
            status = 'active' and (valid_until is null or valid_until > ${now}::timestamptz)
            or status = 'pending' and created_at > ${pendingSince}::timestamptz
            or valid_until > ${now}::timestamptz and exists (
              select from consents_to_end where connection_id = bank_connections.id
            )
          )
        ) as consents,
        (
          select count(*)::integer from transactions where provider = others.provider and due_at is not null
        ) as payments
      from others
    )
    select provider, consents, payments from kept where consents > 0 or payments > 0 order by provider
  `.execute(queries);
  return rows;
}
