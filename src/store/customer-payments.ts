import { sql, type RawBuilder, type Selectable } from 'kysely';
import type { PaymentSearch } from '#domain/payment/search.ts';
import type { PaymentStatus } from '#domain/payment/status.ts';
import { allOf } from './conditions.ts';
import { hasIdEnding } from './payment-search.ts';
import type { Queries } from './database.ts';
import { toPayment, type Payment } from './payments.ts';
import type { Schema } from './schema.ts';

/** The most payments that one page examines: a search that finds little continues with the next page. */
const examinedMax = 10_000;

/** The filters of a customer's list of payments; an absent one matches everything. */
export interface PaymentFilters {
  search?: PaymentSearch | undefined;
  statuses?: readonly PaymentStatus[] | undefined;
  /** Created at or after. */
  since?: Date | undefined;
  /** Created before. */
  until?: Date | undefined;
  /** Settled at or after. */
  settledSince?: Date | undefined;
}

export interface PaymentPageOptions extends PaymentFilters {
  userId: string;
  /** The customer's payment after which the page begins; the first page without it. */
  cursor: string | undefined;
  limit: number;
  examinedMax?: number;
}

export interface PaymentPage {
  /** The newest first. */
  payments: Payment[];
  /** Where the next page begins; undefined after the last one. */
  nextCursor: string | undefined;
}

/** How many payments a customer created in a range of time; no more than `max` are counted. */
export async function countPayments(
  queries: Queries,
  { userId, since, until, max }: { userId: string; since: Date; until: Date; max: number },
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from (
      select 1 from transactions
      where user_id = ${userId} and created_at >= ${since} and created_at < ${until} limit ${max}
    ) as counted
  `.execute(queries);
  return rows[0]?.count ?? 0;
}

/** Reads a page of a customer's payments. A page that examined its most payments may be short, or empty. */
export async function readPaymentPage(queries: Queries, options: PaymentPageOptions): Promise<PaymentPage> {
  const { limit, search, statuses, settledSince } = options;
  const isNarrowed = [search, statuses, settledSince].some((filter) => filter !== undefined);
  const examined = isNarrowed ? (options.examinedMax ?? examinedMax) : limit + 1;
  const { rows } = await sql<Selectable<Schema['transactions']>>`
    select * from (${inOrder(options)} limit ${examined}) as examined
    where ${matching(options)}
    order by created_at desc, id limit ${limit + 1}
  `.execute(queries);
  const payments = rows.slice(0, limit).map(toPayment);
  if (rows.length > limit) return { payments, nextCursor: payments.at(-1)?.id };
  return { payments, nextCursor: isNarrowed ? await lastExamined(queries, options, examined) : undefined };
}

/** The last payment that a page examined, if it examined the most that it may. */
async function lastExamined(
  queries: Queries,
  options: PaymentPageOptions,
  examined: number,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from (${inOrder(options)} offset ${examined - 1} limit 1) as last
  `.execute(queries);
  return rows[0]?.id;
}

function inOrder({ userId, cursor, since, until }: PaymentPageOptions): RawBuilder<unknown> {
  const createdAt = sql`(select created_at from transactions where id = ${cursor})`;
  const range = allOf([
    [since, sql`created_at >= ${since}`],
    [until, sql`created_at < ${until}`],
    [cursor, sql`created_at <= ${createdAt} and (created_at < ${createdAt} or id > ${cursor})`],
  ]);
  return sql`
    select * from transactions where user_id = ${userId} and ${range} order by created_at desc, id
  `;
}

function matching({ search, statuses, settledSince }: PaymentFilters): RawBuilder<boolean> {
  return allOf([
    [statuses, sql`status = any (${[...(statuses ?? [])]}::text[])`],
    [settledSince, sql`settled_at >= ${settledSince}`],
    [search, search ? found(search) : sql`true`],
  ]);
}

function found({ text, digits, oere, idEnding }: PaymentSearch): RawBuilder<boolean> {
  const isPart = (column: string, part: string): RawBuilder<boolean> =>
    sql`strpos(lower(${sql.ref(column)}), lower(${part})) > 0`;
  return sql<boolean>`(${sql.join(
    [
      isPart('creditor_name', text),
      isPart('remittance_text', text),
      ...(digits === undefined ? [] : [isPart('kid', digits), isPart('creditor_account_number', digits)]),
      ...(oere === undefined ? [] : [sql`amount between ${oere.from} and ${oere.to}`]),
      ...(idEnding === undefined ? [] : [hasIdEnding(idEnding)]),
    ],
    sql` or `,
  )})`;
}
