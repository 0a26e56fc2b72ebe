import { sql, type RawBuilder, type Selectable } from 'kysely';
import { isFinal, type PaymentStatus } from '#domain/payment/status.ts';
import { allOf } from './conditions.ts';
import type { Queries } from './database.ts';
import type { Schema } from './schema.ts';

/** An operator's search filters; an absent filter matches everything. */
export interface PaymentSearchFilters {
  status?: PaymentStatus | undefined;
  provider?: string | undefined;
  /** The id of the bank at its provider, or its name. */
  bank?: string | undefined;
  userId?: string | undefined;
  /** Payments of these customers. */
  userIds?: readonly string[] | undefined;
  /** The trace's id, 32 hexadecimal digits. */
  traceId?: string | undefined;
  /** Of the debtor or the creditor. */
  accountNumber?: string | undefined;
  kid?: string | undefined;
  /** In øre. */
  amount?: number | undefined;
  /** The last ten hexadecimal digits of the id, which the short reference names. */
  idEnding?: string | undefined;
  /** Created at or after. */
  since?: Date | undefined;
  /** Created before. */
  until?: Date | undefined;
  /** The id of the payment after which the page begins. */
  after?: string | undefined;
}

export type PaymentRow = Omit<
  Selectable<Schema['transactions']>,
  | 'creditor_name'
  | 'remittance_text'
  | 'redirect_url'
  | 'decoupled_step'
  | 'state_hash'
  | 'order_hash'
  | 'request_hash'
>;

/** Neither names nor texts: an operator has no need to read them. */
const columns = sql`
  id, user_id, account_id, provider, bank_id, bank_name, payment_id, status, reason, amount, currency,
  debtor_account_number, creditor_account_number, kid, creditor_credited, redirect_expires_at, idempotency_key,
  created_at, updated_at, asked_at, settled_at, traceparent, initiated_at, returned_at, contradicted_at, contradiction,
  due_at, watched_at, wait_until, dismissed_at, execution_date, is_instant, looked_up_at, look_up
`;

/** The newest first. Each side of an account is read in the order of its own index. */
export async function searchPaymentRows(
  queries: Queries,
  filters: PaymentSearchFilters,
  limit: number,
): Promise<PaymentRow[]> {
  const inOrder = sql`order by created_at desc, id limit ${limit}`;
  const pages = sidesOf(filters).map(
    (side) => sql`(
      select ${columns} from transactions where ${side} and ${conditionOf(filters)} ${inOrder}
    )`,
  );
  const { rows } = await sql<PaymentRow>`
    select * from (${sql.join(pages, sql` union all `)}) as found ${inOrder}
  `.execute(queries);
  return rows;
}

/** The debtor's side and the creditor's, which never give the same payment. */
function sidesOf({ accountNumber }: PaymentSearchFilters): RawBuilder<boolean>[] {
  if (accountNumber === undefined) return [sql`true`];
  const isDebtor = sql<boolean>`debtor_account_number = ${accountNumber}`;
  return [isDebtor, sql`creditor_account_number = ${accountNumber} and not (${isDebtor})`];
}

/** A payment by Drop's id; undefined when there is none. */
export async function findPaymentRow(queries: Queries, id: string): Promise<PaymentRow | undefined> {
  const { rows } = await sql<PaymentRow>`select ${columns} from transactions where id = ${id}`.execute(
    queries,
  );
  return rows[0];
}

/** The ids of the payments that one of `providers` knows by `reference`. */
export async function idsByReference(
  queries: Queries,
  reference: string,
  providers: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from transactions where provider = any (${[...providers]}::text[]) and payment_id = ${reference}
  `.execute(queries);
  return rows.map(({ id }) => id);
}

/** Written as the index has it. */
export const hasIdEnding = (ending: string): RawBuilder<boolean> => sql`right(id::text, 10) = ${ending}`;

/** The ids of the payments, of whichever customers, that end so. */
export async function idsByEnding(queries: Queries, ending: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from transactions where ${hasIdEnding(ending)} order by id
  `.execute(queries);
  return rows.map(({ id }) => id);
}

/** Payments that are not over are found by a small index, because all of them have a next reading. */
const isOpen = (status: PaymentStatus | undefined): boolean => status !== undefined && !isFinal(status);

function conditionOf(filters: PaymentSearchFilters): RawBuilder<boolean> {
  const { status, provider, bank, userId, userIds, traceId, kid, amount, idEnding, since, until, after } =
    filters;
  const createdAt = sql`(select created_at from transactions where id = ${after})`;
  return allOf([
    [status, sql`status = ${status}`],
    [isOpen(status) ? true : undefined, sql`due_at is not null`],
    [provider, sql`provider = ${provider}`],
    [bank, sql`(bank_id = ${bank} or lower(bank_name) = lower(${bank}))`],
    [userId, sql`user_id = ${userId}`],
    [userIds, sql`user_id = any (${[...(userIds ?? [])]}::uuid[])`],
    [traceId, sql`split_part(traceparent, '-', 2) = ${traceId}`],
    [kid, sql`kid = ${kid}`],
    [amount, sql`amount = ${amount}`],
    [idEnding, idEnding === undefined ? sql`true` : hasIdEnding(idEnding)],
    [since, sql`created_at >= ${since}`],
    [until, sql`created_at < ${until}`],
    [after, sql`created_at <= ${createdAt} and (created_at < ${createdAt} or id > ${after})`],
  ]);
}
