import { sql } from 'kysely';
import type { KycStatus } from '#domain/kyc/verdict.ts';
import type { Queries } from './database.ts';

export interface SettledAccount {
  id: string;
  userId: string;
  kycStatus: KycStatus;
}

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
): Promise<SettledAccount[]> {
  const { rows } = await sql<SettledAccount>`
    update bank_accounts set settlement_read_at = ${at} from users
    where users.id = bank_accounts.user_id and bank_accounts.id in (
      select account.id
      from transactions settled join bank_accounts account on account.id = settled.account_id
      where settled.settled_at > ${since} and settled.settled_at <= ${until}
        and settled.settled_at > account.balance_at
        and settled.settled_at > coalesce(account.settlement_read_at, '-infinity')
      limit ${limit} for update of account skip locked
    )
    returning bank_accounts.id, user_id as "userId", kyc_status as "kycStatus"
  `.execute(queries);
  return rows;
}
