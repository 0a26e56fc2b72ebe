import { sql } from 'kysely';
import type { BankConnection } from '../bank-connections.ts';
import type { Queries } from '../database.ts';

/** An account as another provider reads it, by a consent that a newer one reads it beside or in place of. */
export interface FormerAccount {
  accountId: string;
  /** The former provider's reference to the account. */
  reference: string;
  connectionId: string;
  provider: string;
  bankId: string;
  consentReference: string;
  /** Whether that consent has ended in Drop and not yet at its provider. */
  isEndOwed: boolean;
}

/**
 * Up to `limit` accounts of a consent that can still be read at another provider at the same bank: by the consent that
 * this one renews, until it is ended there, or by an older one that is active. Of several consents, the newest.
 */
export async function formerAccounts(
  queries: Queries,
  { id, userId, provider, renews, bankKey, createdAt }: BankConnection,
  { at, limit }: { at: Date; limit: number },
): Promise<FormerAccount[]> {
  const { rows } = await sql<FormerAccount>`
    select distinct on (own.account_id) own.account_id as "accountId", shared.reference,
      former.id as "connectionId", former.provider, former.bank_id as "bankId",
      former.consent_reference as "consentReference", owed.connection_id is not null as "isEndOwed"
    from bank_account_consents as own
    join bank_account_consents as shared
      on shared.account_id = own.account_id and shared.provider <> ${provider}
    join bank_connections as former on former.id = shared.connection_id
    left join consents_to_end as owed on owed.connection_id = former.id and former.id = ${renews ?? null}::uuid
    where own.connection_id = ${id} and former.user_id = ${userId} and former.valid_until > ${at}
      and former.consent_reference is not null
      and former.created_at <= ${createdAt}
      and (former.id = ${renews ?? null}::uuid or former.bank_key = ${bankKey ?? null})
      and (former.status = 'active' or owed.connection_id is not null)
    order by own.account_id, former.created_at desc
    limit ${limit}
  `.execute(queries);
  return rows;
}

/**
 * Up to `limit` accounts that the consent which this one renews reached at another provider and that this one does not
 * reach.
 */
export async function accountsNotGranted(
  queries: Queries,
  { id, userId, provider, renews }: BankConnection,
  limit: number,
): Promise<Pick<FormerAccount, 'accountId' | 'provider'>[]> {
  const { rows } = await sql<Pick<FormerAccount, 'accountId' | 'provider'>>`
    select former.account_id as "accountId", former.provider
    from bank_account_consents as former
    join bank_connections as renewed on renewed.id = former.connection_id and renewed.user_id = ${userId}
    where former.connection_id = ${renews ?? null}::uuid and former.provider <> ${provider}
      and not exists (
        select from bank_account_consents as own
        where own.connection_id = ${id} and own.account_id = former.account_id
      )
    limit ${limit}
  `.execute(queries);
  return rows;
}
