import type { Money } from '#domain/money.ts';
import type { Queries } from '../database.ts';

/** The rows that notices are about. A row that is gone is absent. */
export interface NoticeRows {
  payments: ReadonlyMap<string, PaymentFacts>;
  connections: ReadonlyMap<string, ConnectionFacts>;
}

export interface PaymentFacts {
  amount: Money;
  creditorName: string;
  bankName: string;
}

export interface ConnectionFacts {
  bankName: string;
  validUntil: Date | undefined;
}

/** Reads the customer's rows with these ids. */
export async function readNoticeRows(
  queries: Queries,
  wanted: { userId: string; paymentIds: readonly string[]; connectionIds: readonly string[] },
): Promise<NoticeRows> {
  const { userId, paymentIds, connectionIds } = wanted;
  const [payments, connections] = await Promise.all([
    paymentIds.length === 0 ? [] : paymentRows(queries, userId, paymentIds),
    connectionIds.length === 0 ? [] : connectionRows(queries, userId, connectionIds),
  ]);
  return { payments: new Map(payments), connections: new Map(connections) };
}

async function paymentRows(
  queries: Queries,
  userId: string,
  ids: readonly string[],
): Promise<[string, PaymentFacts][]> {
  const rows = await queries
    .selectFrom('transactions')
    .select(['id', 'amount', 'currency', 'creditor_name', 'bank_name'])
    .where('user_id', '=', userId)
    .where('id', 'in', ids)
    .execute();
  return rows.map(({ id, amount, currency, creditor_name: creditorName, bank_name: bankName }) => [
    id,
    { amount: { amount, currency }, creditorName, bankName },
  ]);
}

async function connectionRows(
  queries: Queries,
  userId: string,
  ids: readonly string[],
): Promise<[string, ConnectionFacts][]> {
  const rows = await queries
    .selectFrom('bank_connections')
    .select(['id', 'bank_name', 'valid_until'])
    .where('user_id', '=', userId)
    .where('id', 'in', ids)
    .execute();
  return rows.map(({ id, bank_name: bankName, valid_until: validUntil }) => [
    id,
    { bankName, validUntil: validUntil ?? undefined },
  ]);
}
