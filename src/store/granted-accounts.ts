import { sql } from 'kysely';
import {
  isSameAccount,
  matchAccounts,
  type AccountMarks,
  type KnownAccount,
} from '#domain/banking/account-matching.ts';
import { currencyOf, noCurrency } from '#domain/banking/currency.ts';
import type { Queries } from './database.ts';
import { lockUser } from './users.ts';

/** An account as a consent grants it. */
export interface GrantedAccount extends AccountMarks {
  /** The provider's reference to the account, usable while the consent is valid. */
  reference: string;
  name: string | undefined;
}

/** The accounts that a consent grants, and the customer and connection of the consent. */
export interface AccountGrant {
  userId: string;
  connectionId: string;
  provider: string;
  accounts: readonly GrantedAccount[];
  at: Date;
  newId: () => string;
}

/**
 * Stores the accounts that a consent grants: accounts that the customer already has are updated, the others are
 * inserted. Returns their ids. Must be called in a transaction.
 */
export async function keepGrantedAccounts(queries: Queries, grant: AccountGrant): Promise<string[]> {
  await lockUser(queries, grant.userId);
  const accounts = grant.accounts.filter(
    (account, index, all) => all.findIndex((earlier) => isSameAccount(earlier, account)) === index,
  );
  const known = matchAccounts(accounts, await knownAccounts(queries, grant));
  const ids: string[] = [];
  for (const [index, account] of accounts.entries()) {
    const knownId = known[index];
    const id = knownId ?? grant.newId();
    // The times are a millisecond apart, so that accounts are listed in the bank's order.
    const at = new Date(grant.at.getTime() + index);
    if (knownId === undefined) await insertAccount(queries, { ...grant, at }, { ...account, id });
    else await refreshAccount(queries, { ...account, id });
    await insertConsent(queries, grant, { ...account, id });
    ids.push(id);
  }
  return ids;
}

async function knownAccounts(queries: Queries, { userId, provider }: AccountGrant): Promise<KnownAccount[]> {
  const rows = await queries
    .selectFrom('bank_accounts')
    .leftJoin('bank_account_consents as consent', (join) =>
      join.onRef('consent.account_id', '=', 'bank_accounts.id').on('consent.provider', '=', provider),
    )
    .select(['bank_accounts.id', 'account_number', 'currency'])
    .select(sql<string[]>`array_remove(array_agg(consent.identity), null)`.as('identities'))
    .where('user_id', '=', userId)
    .groupBy('bank_accounts.id')
    .orderBy('bank_accounts.id')
    .execute();
  return rows.map(({ id, account_number, currency, identities }) => ({
    id,
    accountNumber: account_number ?? undefined,
    currency: currencyOf(currency),
    identities,
  }));
}

type Identified = GrantedAccount & { id: string };

async function insertAccount(queries: Queries, grant: AccountGrant, account: Identified): Promise<void> {
  const { userId, provider, at } = grant;
  const { id, accountNumber, identity, name, currency = noCurrency } = account;
  await queries
    .insertInto('bank_accounts')
    .values({
      id,
      user_id: userId,
      account_number: accountNumber ?? null,
      identity: accountNumber === undefined && identity !== undefined ? `${provider}:${identity}` : null,
      name: name ?? null,
      currency,
      created_at: at,
    })
    .execute();
}

/** Keeps values that the bank does not report this time. */
async function refreshAccount(queries: Queries, account: Identified): Promise<void> {
  const { id, accountNumber, name, currency } = account;
  const said = {
    ...(accountNumber !== undefined && { account_number: accountNumber, identity: null }),
    ...(name !== undefined && { name }),
    ...(currency !== undefined && { currency }),
  };
  if (Object.keys(said).length === 0) return;
  await queries.updateTable('bank_accounts').set(said).where('id', '=', id).execute();
}

async function insertConsent(queries: Queries, grant: AccountGrant, account: Identified): Promise<void> {
  await queries
    .insertInto('bank_account_consents')
    .values({
      account_id: account.id,
      connection_id: grant.connectionId,
      provider: grant.provider,
      reference: account.reference,
      identity: account.identity ?? null,
      created_at: grant.at,
    })
    .execute();
}
