import { sql } from 'kysely';
import type { SavedCreditor } from '#domain/payment/creditor.ts';
import type { Payee } from '#domain/payment/payee-check.ts';
import { approvedStatuses } from '#domain/payment/status.ts';
import type { Queries } from './database.ts';

/** How many of a customer's newest payments are examined for recent recipients. */
const examinedMax = 500;

const columns = ['id', 'label', 'name', 'account_number as accountNumber'] as const;

export async function listSavedCreditors(queries: Queries, userId: string): Promise<SavedCreditor[]> {
  return queries.selectFrom('saved_creditors').select(columns).where('user_id', '=', userId).execute();
}

export async function countSavedCreditors(queries: Queries, userId: string): Promise<number> {
  const { count } = await queries
    .selectFrom('saved_creditors')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Saves a recipient. One with the same account number is that one, and takes the names. */
export async function insertSavedCreditor(
  queries: Queries,
  userId: string,
  { id, label, name, accountNumber, at }: SavedCreditor & { at: Date },
): Promise<SavedCreditor> {
  return queries
    .insertInto('saved_creditors')
    .values({ id, user_id: userId, label, name, account_number: accountNumber, saved_at: at })
    .onConflict((conflict) => conflict.columns(['user_id', 'account_number']).doUpdateSet({ label, name }))
    .returning(columns)
    .executeTakeFirstOrThrow();
}

/** Undefined where the customer has no such recipient. */
export async function renameSavedCreditor(
  queries: Queries,
  userId: string,
  { id, label }: Pick<SavedCreditor, 'id' | 'label'>,
): Promise<SavedCreditor | undefined> {
  return queries
    .updateTable('saved_creditors')
    .set({ label })
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .returning(columns)
    .executeTakeFirst();
}

/** False where the customer has no such recipient. */
export async function deleteSavedCreditor(queries: Queries, userId: string, id: string): Promise<boolean> {
  const result = await queries
    .deleteFrom('saved_creditors')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

interface RecentCreditors {
  userId: string;
  /** Account numbers that are left out. */
  except: readonly string[];
  limit: number;
}

/**
 * The recipients of the customer's newest payments that were approved and not refused since: the newest first, each
 * account number once, with the name of its newest payment.
 */
export async function recentCreditors(
  queries: Queries,
  { userId, except, limit }: RecentCreditors,
): Promise<Payee[]> {
  const { rows } = await sql<Payee>`
    select name, "accountNumber" from (
      select distinct on (creditor_account_number)
        creditor_name as name, creditor_account_number as "accountNumber", created_at, id
      from (
        select * from transactions where user_id = ${userId} order by created_at desc, id limit ${examinedMax}
      ) as newest
      where status = any (${approvedStatuses}::text[]) and contradicted_at is null
        and creditor_account_number <> all (${except}::text[])
      order by creditor_account_number, created_at desc, id
    ) as recipients
    order by created_at desc, id limit ${limit}
  `.execute(queries);
  return rows;
}
