import type { Selectable } from 'kysely';
import type { AuthorizationMethod, AuthorizationStatus, CardReason } from '#domain/cards/authorization.ts';
import type { Spent } from '#domain/cards/spending.ts';
import type { Queries } from '../database.ts';
import type { CardAuthorizationsTable } from '../tables/cards.ts';

/** A purchase that was approved or declined. */
export interface KeptAuthorization {
  id: string;
  cardId: string;
  idempotencyKey: string;
  issuerId: string;
  approved: boolean;
  reason: CardReason;
  status: AuthorizationStatus;
  method: AuthorizationMethod;
  amount: number;
  currency: string;
  merchantName: string;
  transactionId: string | undefined;
  at: Date;
}

/** A card's authorisations, the newest first. */
export async function listAuthorizations(
  queries: Queries,
  cardId: string,
  limit: number,
): Promise<KeptAuthorization[]> {
  const rows = await queries
    .selectFrom('card_authorizations')
    .selectAll()
    .where('card_id', '=', cardId)
    .orderBy('authorized_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(authorizationOf);
}

/** The authorisation that was asked for with a key. */
export async function findAuthorization(
  queries: Queries,
  { cardId, idempotencyKey }: Pick<KeptAuthorization, 'cardId' | 'idempotencyKey'>,
): Promise<KeptAuthorization | undefined> {
  const row = await queries
    .selectFrom('card_authorizations')
    .selectAll()
    .where('card_id', '=', cardId)
    .where('idempotency_key', '=', idempotencyKey)
    .executeTakeFirst();
  return row && authorizationOf(row);
}

/** What a card and those that it replaces spent since then. To be called with the customer locked. */
export async function spentSince(queries: Queries, chainId: string, since: Date): Promise<Spent[]> {
  return queries
    .selectFrom('card_authorizations')
    .innerJoin('cards', 'cards.id', 'card_authorizations.card_id')
    .select(['card_authorizations.amount', 'card_authorizations.authorized_at as at'])
    .where('cards.chain_id', '=', chainId)
    .where('card_authorizations.approved', '=', true)
    .where('card_authorizations.authorized_at', '>=', since)
    .execute();
}

/** How many purchases were tried with a card. */
export async function countAuthorizations(queries: Queries, cardId: string): Promise<number> {
  const { count } = await queries
    .selectFrom('card_authorizations')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('card_id', '=', cardId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Keeps an authorisation. */
export async function insertAuthorization(queries: Queries, kept: KeptAuthorization): Promise<void> {
  await queries
    .insertInto('card_authorizations')
    .values({
      id: kept.id,
      card_id: kept.cardId,
      idempotency_key: kept.idempotencyKey,
      issuer_id: kept.issuerId,
      approved: kept.approved,
      reason: kept.reason,
      status: kept.status,
      method: kept.method,
      amount: kept.amount,
      currency: kept.currency,
      merchant_name: kept.merchantName,
      transaction_id: kept.transactionId ?? null,
      authorized_at: kept.at,
    })
    .execute();
}

function authorizationOf(row: Selectable<CardAuthorizationsTable>): KeptAuthorization {
  return {
    id: row.id,
    cardId: row.card_id,
    idempotencyKey: row.idempotency_key,
    issuerId: row.issuer_id,
    approved: row.approved,
    reason: row.reason,
    status: row.status,
    method: row.method,
    amount: row.amount,
    currency: row.currency,
    merchantName: row.merchant_name,
    transactionId: row.transaction_id ?? undefined,
    at: row.authorized_at,
  };
}
