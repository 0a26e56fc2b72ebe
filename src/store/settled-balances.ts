import { sql } from 'kysely';
import type { Queries } from './database.ts';

interface SettledSpan {
  at: Date;
  /** Settlements after this time and up to `until` count. */
  since: Date;
  until: Date;
  limit: number;
}

/**
 * Accounts with a payment that was settled after their balance was read, each once per settlement, however many
 * processes ask.
 */
export async function takeSettledAccounts(
  queries: Queries,
  { at, since, until, limit }: SettledSpan,
): Promise<{ id: string; userId: string }[]> {
  const { rows } = await sql<{ id: string; userId: string }>`
    update bank_accounts set settlement_read_at = ${at}
    where id in (
      select account.id
      from transactions settled join bank_accounts account on account.id = settled.account_id
      where settled.settled_at > ${since} and settled.settled_at <= ${until}
        and settled.settled_at > account.balance_at
        and settled.settled_at > coalesce(account.settlement_read_at, '-infinity')
      limit ${limit} for update of account skip locked
    )
    returning id, user_id as "userId"
  `.execute(queries);
  return rows;
}
