import { sql } from 'kysely';
import type { EarlierConsent } from '#domain/routing/decide.ts';
import type { RoutingPolicy } from '#domain/routing/policy.ts';
import type { Queries } from '../database.ts';

/** The facts on which a decision about one customer's consent depends. */
export interface CustomerRouting {
  /** 0 before the first change. */
  version: number;
  /** Undefined where the environment alone decides. */
  policy: RoutingPolicy | undefined;
  /** Those that came about, the last begun first; none are read where the environment alone decides. */
  consents: EarlierConsent[];
}

/** The policy in force, and where the customer has or had consents, by one statement. */
export async function routingOf(queries: Queries, userId: string): Promise<CustomerRouting> {
  const { rows } = await sql<{
    version: number;
    policy: RoutingPolicy | null;
    consents: { provider: string; bank: string | null }[] | null;
  }>`
    select version, policy, case when policy is not null then (
      select jsonb_agg(jsonb_build_object('provider', provider, 'bank', bank_key) order by begun_at desc)
      from (
        select provider, bank_key, max(created_at) as begun_at from bank_connections
        where user_id = ${userId} and status in ('active', 'expired', 'revoked')
        group by provider, bank_key
      ) as consented
    ) end as consents
    from routing_changes order by version desc limit 1
  `.execute(queries);
  const [{ version, policy, consents } = { version: 0, policy: null, consents: null }] = rows;
  return {
    version,
    policy: policy ?? undefined,
    consents: (consents ?? []).map(({ provider, bank }) => ({ provider, bank: bank ?? undefined })),
  };
}
