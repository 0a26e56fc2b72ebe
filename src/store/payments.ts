import { sql, type Selectable } from 'kysely';
import type { Money } from '#domain/money.ts';
import type { Evidence, PaymentOrder, PaymentStatus, RemittanceInformation } from '#domain/payment.ts';
import type { Queries } from './database.ts';
import type { Schema } from './schema.ts';

export interface Payment {
  id: string;
  userId: string;
  accountId: string;
  provider: string;
  bankId: string;
  bankName: string;
  /** The provider's id of the payment. */
  reference: string | undefined;
  status: PaymentStatus;
  reason: string | undefined;
  order: PaymentOrder;
  creditorCredited: boolean;
  redirectUrl: string | undefined;
  requestHash: Buffer;
  createdAt: Date;
  updatedAt: Date;
  settledAt: Date | undefined;
  /** The trace of the request that began it. */
  traceparent: string | undefined;
}

export interface NewPayment {
  id: string;
  userId: string;
  accountId: string;
  provider: string;
  bankId: string;
  bankName: string;
  order: PaymentOrder;
  orderHash: Buffer;
  stateHash: Buffer;
  idempotencyKey: string;
  requestHash: Buffer;
  traceparent: string | undefined;
  at: Date;
}

/** Writes the intent down; false when the customer has used that idempotency key before. */
export async function insertPayment(queries: Queries, payment: NewPayment): Promise<boolean> {
  const { order } = payment;
  const result = await queries
    .insertInto('transactions')
    .values({
      id: payment.id,
      user_id: payment.userId,
      account_id: payment.accountId,
      provider: payment.provider,
      bank_id: payment.bankId,
      bank_name: payment.bankName,
      status: 'created',
      amount: order.money.amount,
      currency: order.money.currency,
      debtor_account_number: order.debtorAccountNumber,
      creditor_name: order.creditorName,
      creditor_account_number: order.creditorAccountNumber,
      kid: order.remittance.kind === 'kid' ? order.remittance.kid : null,
      remittance_text: order.remittance.kind === 'text' ? order.remittance.text : null,
      order_hash: payment.orderHash,
      state_hash: payment.stateHash,
      idempotency_key: payment.idempotencyKey,
      request_hash: payment.requestHash,
      traceparent: payment.traceparent ?? null,
      created_at: payment.at,
      updated_at: payment.at,
    })
    .onConflict((conflict) => conflict.columns(['user_id', 'idempotency_key']).doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

type PaymentKey =
  | { id: string }
  | { stateHash: Buffer }
  | { provider: string; reference: string }
  | { userId: string; idempotencyKey: string };

/** A payment with its row locked until the transaction ends. */
export async function lockPayment(queries: Queries, key: PaymentKey): Promise<Payment | undefined> {
  const row = await byKey(queries, key).forUpdate().executeTakeFirst();
  return row && toPayment(row);
}

export async function findPayment(queries: Queries, key: PaymentKey): Promise<Payment | undefined> {
  const row = await byKey(queries, key).executeTakeFirst();
  return row && toPayment(row);
}

function byKey(queries: Queries, key: PaymentKey) {
  const query = queries.selectFrom('transactions').selectAll();
  if ('stateHash' in key) return query.where('state_hash', '=', key.stateHash);
  if ('reference' in key)
    return query.where('provider', '=', key.provider).where('payment_id', '=', key.reference);
  if ('idempotencyKey' in key) {
    return query.where('user_id', '=', key.userId).where('idempotency_key', '=', key.idempotencyKey);
  }
  return query.where('id', '=', key.id);
}

/** A customer's payments, newest first. */
export async function listPayments(queries: Queries, userId: string, limit: number): Promise<Payment[]> {
  const rows = await queries
    .selectFrom('transactions')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(toPayment);
}

export interface PaymentUpdate {
  status: PaymentStatus;
  reason: string | undefined;
  reference: string | undefined;
  redirectUrl: string | undefined;
  creditorCredited: boolean;
  at: Date;
}

export async function updatePayment(queries: Queries, id: string, update: PaymentUpdate): Promise<void> {
  await queries
    .updateTable('transactions')
    .set({
      status: update.status,
      reason: update.reason ?? null,
      payment_id: update.reference ?? null,
      redirect_url: update.redirectUrl ?? null,
      creditor_credited: update.creditorCredited,
      updated_at: update.at,
      ...(update.status === 'settled' ? { settled_at: update.at } : {}),
    })
    .where('id', '=', id)
    .execute();
}

export interface PaymentEvent {
  status: PaymentStatus;
  evidence: Evidence;
  wireStatus: string | undefined;
  reasonCode: string | undefined;
  outcome: 'moved' | 'contradiction';
  at: Date;
}

export async function appendPaymentEvent(queries: Queries, id: string, event: PaymentEvent): Promise<void> {
  await queries
    .insertInto('transaction_events')
    .values({
      transaction_id: id,
      status: event.status,
      evidence: event.evidence,
      wire_status: event.wireStatus ?? null,
      reason_code: event.reasonCode ?? null,
      outcome: event.outcome,
      at: event.at,
    })
    .execute();
}

/** Whether what a bank says now has been written down as a contradiction before: it may say so at every question. */
export async function isNotedContradiction(
  queries: Queries,
  id: string,
  said: Pick<PaymentEvent, 'status' | 'wireStatus'>,
): Promise<boolean> {
  const row = await queries
    .selectFrom('transaction_events')
    .select('id')
    .where('transaction_id', '=', id)
    .where('outcome', '=', 'contradiction')
    .where('status', '=', said.status)
    .where('wire_status', 'is not distinct from', said.wireStatus ?? null)
    .executeTakeFirst();
  return row !== undefined;
}

/** What each of `ids` went through, oldest first. */
export async function timelines(
  queries: Queries,
  ids: readonly string[],
): Promise<Map<string, { status: PaymentStatus; at: Date }[]>> {
  const found = new Map<string, { status: PaymentStatus; at: Date }[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return found;
  const rows = await queries
    .selectFrom('transaction_events')
    .select(['transaction_id', 'status', 'at'])
    .where('transaction_id', 'in', ids)
    .where('outcome', '=', 'moved')
    .orderBy('id')
    .execute();
  for (const row of rows) found.get(row.transaction_id)?.push({ status: row.status, at: row.at });
  return found;
}

/**
 * Takes up to `limit` payments that are not final and were not heard of for `silentMs` milliseconds, the longest
 * unasked first, and marks them as asked. The older a payment, the rarer it is asked about: again after a tenth of
 * its age.
 */
export async function takeSilentPayments(
  queries: Queries,
  at: Date,
  { silentMs, limit }: { silentMs: number; limit: number },
): Promise<string[]> {
  const silent = sql`make_interval(secs => ${silentMs / 1000})`;
  const now = sql`${at}::timestamptz`;
  const { rows } = await sql<{ id: string }>`
    update transactions set asked_at = ${now}
    where id in (
      select id from transactions
      where status in ('created', 'awaiting_authorisation', 'authorised', 'processing')
        and updated_at + ${silent} <= ${now}
        and (
          asked_at is null
          or asked_at + greatest(${silent}, (${now} - created_at) / 10) <= ${now}
        )
      order by asked_at nulls first
      limit ${limit}
      for update skip locked
    )
    returning id
  `.execute(queries);
  return rows.map((row) => row.id);
}

function toPayment(row: Selectable<Schema['transactions']>): Payment {
  return {
    id: row.id,
    userId: row.user_id,
    accountId: row.account_id,
    provider: row.provider,
    bankId: row.bank_id,
    bankName: row.bank_name,
    reference: row.payment_id ?? undefined,
    status: row.status,
    reason: row.reason ?? undefined,
    order: {
      money: { amount: row.amount, currency: row.currency } satisfies Money,
      debtorAccountNumber: row.debtor_account_number,
      creditorName: row.creditor_name,
      creditorAccountNumber: row.creditor_account_number,
      remittance: remittanceOf(row),
    },
    creditorCredited: row.creditor_credited,
    redirectUrl: row.redirect_url ?? undefined,
    requestHash: row.request_hash,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    settledAt: row.settled_at ?? undefined,
    traceparent: row.traceparent ?? undefined,
  };
}

function remittanceOf(row: { kid: string | null; remittance_text: string | null }): RemittanceInformation {
  if (row.kid !== null) return { kind: 'kid', kid: row.kid };
  return row.remittance_text === null ? { kind: 'none' } : { kind: 'text', text: row.remittance_text };
}
