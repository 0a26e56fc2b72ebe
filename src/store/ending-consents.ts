import { sql } from 'kysely';
import type { Queries } from './database.ts';

/** Consents in force at a provider that end soon. */
export interface EndingConsents {
  provider: string;
  within7Days: number;
  within30Days: number;
}

/** How many consents in force end within 7 and within 30 days, by provider. Reads the index of those that end. */
export async function endingConsents(queries: Queries, at: Date): Promise<EndingConsents[]> {
  const { rows } = await sql<EndingConsents>`
    select provider,
      count(*) filter (where valid_until <= ${at}::timestamptz + interval '7 days')::integer as "within7Days",
      count(*)::integer as "within30Days"
    from bank_connections
    where status = 'active' and valid_until > ${at} and valid_until <= ${at}::timestamptz + interval '30 days'
    group by provider
  `.execute(queries);
  return rows;
}
