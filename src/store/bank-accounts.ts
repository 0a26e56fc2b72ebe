import { consentStatusAt, type ConsentStatus } from '#domain/consent.ts';
import type { Money } from '#domain/money.ts';
import type { Queries } from './database.ts';

export interface BankAccount {
  id: string;
  userId: string;
  connectionId: string;
  provider: string;
  bankId: string;
  bankName: string;
  /** Reads the account at the provider, as long as the consent lives. */
  reference: string;
  accountNumber: string | undefined;
  name: string | undefined;
  balance: Money | undefined;
  balanceAt: Date | undefined;
  consentStatus: ConsentStatus;
}

export interface GrantedAccount {
  id: string;
  userId: string;
  connectionId: string;
  provider: string;
  identity: string;
  reference: string;
  accountNumber: string | undefined;
  name: string | undefined;
  currency: string;
  at: Date;
}

/** An account of a new consent: the one that the customer already has under that identity, or a new one. */
export async function upsertAccount(queries: Queries, account: GrantedAccount): Promise<string> {
  const { id } = await queries
    .insertInto('bank_accounts')
    .values({
      id: account.id,
      user_id: account.userId,
      connection_id: account.connectionId,
      provider: account.provider,
      identity: account.identity,
      reference: account.reference,
      account_number: account.accountNumber ?? null,
      name: account.name ?? null,
      currency: account.currency,
      created_at: account.at,
    })
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'provider', 'identity']).doUpdateSet({
        connection_id: account.connectionId,
        reference: account.reference,
        account_number: account.accountNumber ?? null,
        name: account.name ?? null,
      }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function listAccounts(queries: Queries, userId: string, now: Date): Promise<BankAccount[]> {
  const rows = await selectAccounts(queries)
    .where('bank_accounts.user_id', '=', userId)
    .where('bank_connections.status', '!=', 'revoked')
    .orderBy('bank_accounts.created_at')
    .orderBy('bank_accounts.id')
    .limit(100)
    .execute();
  return rows.map((row) => toAccount(row, now));
}

export async function findAccount(
  queries: Queries,
  key: { id: string; userId: string; now: Date },
): Promise<BankAccount | undefined> {
  const row = await selectAccounts(queries)
    .where('bank_accounts.id', '=', key.id)
    .where('bank_accounts.user_id', '=', key.userId)
    .executeTakeFirst();
  return row && toAccount(row, key.now);
}

export async function keepBalance(
  queries: Queries,
  id: string,
  balance: { money: Money; wireType: string; at: Date },
): Promise<void> {
  await queries
    .updateTable('bank_accounts')
    .set({ balance: balance.money.amount, balance_type: balance.wireType, balance_at: balance.at })
    .where('id', '=', id)
    .execute();
}

function selectAccounts(queries: Queries) {
  return queries
    .selectFrom('bank_accounts')
    .innerJoin('bank_connections', 'bank_connections.id', 'bank_accounts.connection_id')
    .select([
      'bank_accounts.id',
      'bank_accounts.user_id',
      'bank_accounts.connection_id',
      'bank_accounts.provider',
      'bank_connections.bank_id',
      'bank_connections.bank_name',
      'bank_connections.status',
      'bank_connections.valid_until',
      'bank_accounts.reference',
      'bank_accounts.account_number',
      'bank_accounts.name',
      'bank_accounts.currency',
      'bank_accounts.balance',
      'bank_accounts.balance_at',
    ]);
}

type AccountRow = Awaited<ReturnType<ReturnType<typeof selectAccounts>['executeTakeFirstOrThrow']>>;

function toAccount(row: AccountRow, now: Date): BankAccount {
  return {
    id: row.id,
    userId: row.user_id,
    connectionId: row.connection_id,
    provider: row.provider,
    bankId: row.bank_id,
    bankName: row.bank_name,
    reference: row.reference,
    accountNumber: row.account_number ?? undefined,
    name: row.name ?? undefined,
    balance: row.balance === null ? undefined : { amount: row.balance, currency: row.currency },
    balanceAt: row.balance_at ?? undefined,
    consentStatus: consentStatusAt(row.status, row.valid_until ?? undefined, now),
  };
}
