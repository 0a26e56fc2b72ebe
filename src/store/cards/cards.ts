import { sql, type Selectable } from 'kysely';
import type { CancellationReason, CardStatus, CardType, ReplacementReason } from '#domain/cards/card.ts';
import type { SpendingLimit } from '#domain/cards/spending.ts';
import type { Queries } from '../database.ts';
import type { CardsTable } from '../tables/cards.ts';

/** A card as Drop keeps it. */
export interface KeptCard {
  id: string;
  userId: string;
  type: CardType;
  status: CardStatus;
  idempotencyKey: string;
  currency: string;
  spendingLimit: SpendingLimit | undefined;
  cancellationReason: CancellationReason | undefined;
  replacement: { cardId: string; reason: ReplacementReason } | undefined;
  /** The first card of the replacements. */
  chainId: string;
  createdAt: Date;
  /** Whether the holder has ever made it usable. */
  isActivated: boolean;
  /** What the issuer answered; undefined until it has. */
  issued: { id: string; last4: string; expMonth: number; expYear: number } | undefined;
}

/** The issuer's id of a customer; undefined before the first card. */
export async function findCardholder(queries: Queries, userId: string): Promise<string | undefined> {
  const row = await queries
    .selectFrom('card_holders')
    .select('issuer_id')
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row?.issuer_id;
}

/** Keeps the issuer's id of a customer; one that is kept already stays. */
export async function saveCardholder(
  queries: Queries,
  { userId, issuerId, at }: { userId: string; issuerId: string; at: Date },
): Promise<void> {
  await queries
    .insertInto('card_holders')
    .values({ user_id: userId, issuer_id: issuerId, created_at: at })
    .onConflict((conflict) => conflict.column('user_id').doNothing())
    .execute();
}

/** A customer's cards, the newest first. */
export async function listCards(queries: Queries, userId: string, limit: number): Promise<KeptCard[]> {
  const rows = await queries
    .selectFrom('cards')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(cardOf);
}

/** A card of this customer; undefined where the customer has no such card. */
export async function findCard(
  queries: Queries,
  { id, userId }: Pick<KeptCard, 'id' | 'userId'>,
): Promise<KeptCard | undefined> {
  const row = await queries
    .selectFrom('cards')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row && cardOf(row);
}

/** The card that a customer ordered with a key. */
export async function findOrderedCard(
  queries: Queries,
  { idempotencyKey, userId }: Pick<KeptCard, 'idempotencyKey' | 'userId'>,
): Promise<KeptCard | undefined> {
  const row = await queries
    .selectFrom('cards')
    .selectAll()
    .where('idempotency_key', '=', idempotencyKey)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row && cardOf(row);
}

/** Stores the order of a card. False where the customer has one of this type, or ordered one with this key. */
export async function insertCard(queries: Queries, card: Omit<KeptCard, 'issued'>): Promise<boolean> {
  const inserted = await queries
    .insertInto('cards')
    .values({
      id: card.id,
      user_id: card.userId,
      type: card.type,
      status: card.status,
      idempotency_key: card.idempotencyKey,
      currency: card.currency,
      limit_amount: card.spendingLimit?.amount ?? null,
      limit_interval: card.spendingLimit?.interval ?? null,
      replacement_for: card.replacement?.cardId ?? null,
      replacement_reason: card.replacement?.reason ?? null,
      chain_id: card.chainId,
      created_at: card.createdAt,
      activated_at: card.isActivated ? card.createdAt : null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** What changes of a kept card; what is absent stays, so that two changes at once both hold. */
export interface KeptChange {
  id: string;
  status?: CardStatus | undefined;
  /** With the status `canceled` only. */
  cancellationReason?: CancellationReason | undefined;
  /** Null takes the limit away. */
  spendingLimit?: SpendingLimit | null | undefined;
  issued?: KeptCard['issued'];
  at: Date;
}

/** Keeps what the issuer answered. False where the card is canceled by now, which nothing changes. */
export async function changeCard(queries: Queries, change: KeptChange): Promise<boolean> {
  const { id, status, cancellationReason, spendingLimit, issued, at } = change;
  const result = await queries
    .updateTable('cards')
    .set({
      id,
      ...(status && { status, cancellation_reason: cancellationReason ?? null }),
      ...(status === 'active' && { activated_at: sql<Date>`coalesce(activated_at, ${at})` }),
      ...(status === 'canceled' && { canceled_at: at }),
      ...(spendingLimit !== undefined && {
        limit_amount: spendingLimit?.amount ?? null,
        limit_interval: spendingLimit?.interval ?? null,
      }),
      ...(issued && {
        issuer_id: issued.id,
        last4: issued.last4,
        exp_month: issued.expMonth,
        exp_year: issued.expYear,
      }),
    })
    .where('id', '=', id)
    .where('status', '<>', 'canceled')
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** How many cards a customer has had. */
export async function countCards(queries: Queries, userId: string): Promise<number> {
  const { count } = await queries
    .selectFrom('cards')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

function cardOf(row: Selectable<CardsTable>): KeptCard {
  const { limit_amount: amount, limit_interval: interval } = row;
  const { replacement_for: cardId, replacement_reason: reason } = row;
  return {
    id: row.id,
    userId: row.user_id,
    type: row.type,
    status: row.status,
    idempotencyKey: row.idempotency_key,
    currency: row.currency,
    spendingLimit: amount !== null && interval !== null ? { amount, interval } : undefined,
    cancellationReason: row.cancellation_reason ?? undefined,
    replacement: cardId !== null && reason !== null ? { cardId, reason } : undefined,
    chainId: row.chain_id,
    createdAt: row.created_at,
    isActivated: row.activated_at !== null,
    issued: issuedOf(row),
  };
}

function issuedOf(row: Selectable<CardsTable>): KeptCard['issued'] {
  const { issuer_id: id, last4, exp_month: expMonth, exp_year: expYear } = row;
  if (id === null || last4 === null || expMonth === null || expYear === null) return undefined;
  return { id, last4, expMonth, expYear };
}
