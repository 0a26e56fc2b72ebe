import { sql } from 'kysely';
import { bankKeyOf } from '#domain/routing/bank-key.ts';
import type { EarlierConsent } from '#domain/routing/decide.ts';
import type { Queries } from '../database.ts';

/** A payment of the past, as far as routing asks. */
export interface PastPayment {
  userId: string;
  provider: string;
  /** Undefined where its consent was begun by an earlier version of Drop. */
  bankKey: string | undefined;
  bankName: string;
}

/** The newest payments, with the bank that each was paid at. */
export async function pastPayments(queries: Queries, limit: number): Promise<PastPayment[]> {
  const { rows } = await sql<Omit<PastPayment, 'bankKey'> & { bankKey: string | null }>`
    select payment.user_id as "userId", payment.provider, payment.bank_name as "bankName", (
      select bank_key from bank_connections as consent
      where consent.user_id = payment.user_id and consent.provider = payment.provider
        and consent.bank_name = payment.bank_name and bank_key is not null
      limit 1
    ) as "bankKey"
    from transactions as payment order by payment.created_at desc, payment.id desc limit ${limit}
  `.execute(queries);
  return rows.map((row) => ({ ...row, bankKey: row.bankKey ?? undefined }));
}

/** The consents of several customers that came about, by customer; of each, the last begun first. */
export async function earlierConsentsOf(
  queries: Queries,
  userIds: readonly string[],
): Promise<Map<string, EarlierConsent[]>> {
  const { rows } = await sql<{ userId: string; provider: string; bank: string | null }>`
    select user_id as "userId", provider, bank_key as bank from bank_connections
    where user_id = any(${userIds}::uuid[]) and status in ('active', 'expired', 'revoked')
    group by user_id, provider, bank_key order by max(created_at) desc
  `.execute(queries);
  const found = new Map<string, EarlierConsent[]>();
  for (const { userId, provider, bank } of rows)
    found.set(userId, [...(found.get(userId) ?? []), { provider, bank: bank ?? undefined }]);
  return found;
}

/** The banks, by key, that any customer ever linked or began to link; also by name, where it had another key then. */
export async function banksEverLinked(queries: Queries): Promise<Set<string>> {
  const { rows } = await sql<{ key: string | null; name: string }>`
    select distinct bank_key as key, bank_name as name from bank_connections
  `.execute(queries);
  return new Set(rows.flatMap(({ key, name }) => [key ?? [], bankKeyOf({ name })].flat()));
}
