import { sql } from 'kysely';
import type { BalanceKind } from '#domain/banking/balance.ts';
import { consentStatusAt, type ConsentStatus } from '#domain/banking/consent.ts';
import { currencyOf } from '#domain/banking/currency.ts';
import { usualPaymentRules, type PaymentRules } from '#domain/banking/payment-rules.ts';
import type { Money } from '#domain/money.ts';
import type { Queries } from './database.ts';

/** A customer's account with the consent that is used to read it: the newest active one, or else the newest. */
export interface BankAccount {
  id: string;
  userId: string;
  connectionId: string;
  provider: string;
  bankId: string;
  bankName: string;
  /** The provider's name for the bank in payments; undefined where it initiates none there. */
  paymentBankId: string | undefined;
  /** The provider's reference to the consent. */
  consentReference: string | undefined;
  /** The provider's reference to the account, usable while the consent is valid. */
  reference: string;
  accountNumber: string | undefined;
  name: string | undefined;
  /** ISO 4217 code; undefined until a bank reports it. */
  currency: string | undefined;
  /** Its currency may differ from that of the account. */
  balance: Money | undefined;
  /** Undefined also for a balance that an earlier version read. */
  balanceKind: BalanceKind | undefined;
  balanceAt: Date | undefined;
  /** Whether a payment from the account was settled after its balance was read. */
  isPaidSince: boolean;
  consentStatus: ConsentStatus;
  /** As the provider listed them when the consent was begun. The provider judges each payment by its present list. */
  paymentRules: PaymentRules | undefined;
}

/** A user's accounts with an active or expired consent. */
export async function listAccounts(queries: Queries, userId: string, now: Date): Promise<BankAccount[]> {
  const rows = await selectAccounts(queries, now)
    .where('bank_accounts.user_id', '=', userId)
    .where('consent.status', '!=', 'revoked')
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
  const row = await selectAccounts(queries, key.now)
    .where('bank_accounts.id', '=', key.id)
    .where('bank_accounts.user_id', '=', key.userId)
    .executeTakeFirst();
  return row && toAccount(row, key.now);
}

/** Keeps a balance, and with the consent that it was read, and whether the customer was there. */
export async function keepBalance(
  queries: Queries,
  { id, connectionId }: { id: string; connectionId: string },
  balance: { money: Money; kind: BalanceKind; wireType: string; at: Date; isAttended: boolean },
): Promise<void> {
  await queries
    .with('reading', (from) =>
      from
        .updateTable('bank_account_consents')
        .set({ read_at: balance.at, read_attended: balance.isAttended })
        .where('account_id', '=', id)
        .where('connection_id', '=', connectionId),
    )
    .updateTable('bank_accounts')
    .set({
      balance: balance.money.amount,
      balance_currency: balance.money.currency,
      balance_type: balance.wireType,
      balance_kind: balance.kind,
      balance_at: balance.at,
    })
    .where('id', '=', id)
    .execute();
}

/** Notes that an account was read with a consent though the balance is not kept. */
export async function noteReading(
  queries: Queries,
  reading: { accountId: string; connectionId: string; at: Date; isAttended: boolean },
): Promise<void> {
  await queries
    .updateTable('bank_account_consents')
    .set({ read_at: reading.at, read_attended: reading.isAttended })
    .where('account_id', '=', reading.accountId)
    .where('connection_id', '=', reading.connectionId)
    .execute();
}

function selectAccounts(queries: Queries, now: Date) {
  return queries
    .selectFrom('bank_accounts')
    .innerJoinLateral(
      (from) =>
        from
          .selectFrom('bank_account_consents')
          .innerJoin('bank_connections', 'bank_connections.id', 'bank_account_consents.connection_id')
          .select([
            'bank_account_consents.connection_id',
            'bank_account_consents.provider',
            'bank_account_consents.reference',
            'bank_connections.bank_id',
            'bank_connections.bank_name',
            'bank_connections.payment_bank_id',
            'bank_connections.payment_rules',
            'bank_connections.consent_reference',
            'bank_connections.status',
            'bank_connections.valid_until',
          ])
          .whereRef('bank_account_consents.account_id', '=', 'bank_accounts.id')
          .orderBy(rank(now))
          .orderBy('bank_account_consents.id', 'desc')
          .limit(1)
          .as('consent'),
      (join) => join.onTrue(),
    )
    .selectAll('consent')
    .select([
      'bank_accounts.id',
      'bank_accounts.user_id',
      'bank_accounts.account_number',
      'bank_accounts.name',
      'bank_accounts.currency',
      'bank_accounts.balance',
      'bank_accounts.balance_currency',
      'bank_accounts.balance_kind',
      'bank_accounts.balance_at',
      (from) =>
        from
          .exists(
            from
              .selectFrom('transactions')
              .select('transactions.id')
              .whereRef('transactions.account_id', '=', 'bank_accounts.id')
              .whereRef('transactions.settled_at', '>', 'bank_accounts.balance_at'),
          )
          .as('is_paid_since'),
    ]);
}

/** Active consents come first, then expired ones, then revoked ones. */
function rank(now: Date) {
  return sql`case
    when bank_connections.status = 'active' and coalesce(bank_connections.valid_until > ${now}, true) then 0
    when bank_connections.status <> 'revoked' then 1
    else 2
  end`;
}

type AccountRow = Awaited<ReturnType<ReturnType<typeof selectAccounts>['executeTakeFirstOrThrow']>>;

function toAccount(row: AccountRow, now: Date): BankAccount {
  const balance = balanceOf(row);
  return {
    id: row.id,
    userId: row.user_id,
    connectionId: row.connection_id,
    provider: row.provider,
    bankId: row.bank_id,
    bankName: row.bank_name,
    paymentBankId: row.payment_bank_id ?? undefined,
    consentReference: row.consent_reference ?? undefined,
    reference: row.reference,
    accountNumber: row.account_number ?? undefined,
    name: row.name ?? undefined,
    currency: currencyOf(row.currency),
    balance,
    balanceKind: balance && (row.balance_kind ?? undefined),
    balanceAt: balance && (row.balance_at ?? undefined),
    isPaidSince: row.is_paid_since === true,
    consentStatus: consentStatusAt(row.status, row.valid_until ?? undefined, now),
    // Rules that were kept by an earlier version lack what came later.
    paymentRules: row.payment_rules ? { ...usualPaymentRules, ...row.payment_rules } : undefined,
  };
}

/** A balance without a stored currency, as in older rows, is omitted until it is read again. */
function balanceOf({ balance, balance_currency }: AccountRow): Money | undefined {
  const currency = balance_currency === null ? undefined : currencyOf(balance_currency);
  return balance === null || currency === undefined ? undefined : { amount: balance, currency };
}
