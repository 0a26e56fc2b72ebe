import { sql } from 'kysely';
import type { KycStatus } from '#domain/kyc/verdict.ts';
import type { Queries } from './database.ts';

export interface SettledAccount {
  id: string;
  userId: string;
  kycStatus: KycStatus;
  settledAt: Date;
}

interface SettledSpan {
  at: Date;
  /** Settlements from this time and up to `until` count, both included. */
  since: Date;
  until: Date;
  limit: number;
}

/**
 * Accounts with a payment that was settled after their balance was read, each once per settlement, however many
 * processes ask. The oldest settlements come first, so a caller that goes on from the last `settledAt` passes over what
 * was taken before.
 */
export async function takeSettledAccounts(
  queries: Queries,
  { at, since, until, limit }: SettledSpan,
): Promise<SettledAccount[]> {
  const { rows } = await sql<SettledAccount>`
    with due as (
      select account.id, settled.settled_at
      from transactions settled join bank_accounts account on account.id = settled.account_id
      where settled.settled_at >= ${since} and settled.settled_at <= ${until}
        and settled.settled_at > account.balance_at
        and settled.settled_at > coalesce(account.settlement_read_at, '-infinity')
      order by settled.settled_at limit ${limit} for update of account skip locked
    ),
    last as (select id, max(settled_at) as settled_at from due group by id),
    taken as (
      update bank_accounts set settlement_read_at = ${at} from users, last
      where users.id = bank_accounts.user_id and bank_accounts.id = last.id
      returning bank_accounts.id, user_id as "userId", kyc_status as "kycStatus", last.settled_at as "settledAt"
    )
    select * from taken order by "settledAt", id
  `.execute(queries);
  return rows;
}
