import { sql, type Selectable } from 'kysely';
import type { DecoupledStep } from '#domain/banking/next-step.ts';
import type { Money } from '#domain/money.ts';
import type { Execution } from '#domain/payment/execution.ts';
import type { PaymentOrder, RemittanceInformation } from '#domain/payment/order.ts';
import { sendableStatuses, statusesWithoutMoney, type PaymentStatus } from '#domain/payment/status.ts';
import { paymentChain } from '#domain/audit/entry.ts';
import { appendEntries } from './audit/append.ts';
import type { Queries } from './database.ts';
import type { Schema } from './schema.ts';

/** A link to a bank's page. */
export interface KeptLink {
  /** Sealed; in plain where it was stored by a Drop that did not seal links yet. Never logged. */
  stored: string;
  expiresAt: Date | undefined;
}

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
  redirectUrl: KeptLink | undefined;
  /** What the customer has to do in the bank's own app. */
  decoupledStep: DecoupledStep | undefined;
  requestHash: Buffer;
  createdAt: Date;
  updatedAt: Date;
  /** When the order was last handed to the bank. */
  initiatedAt: Date | undefined;
  /** When the customer came back from the bank. */
  returnedAt: Date | undefined;
  /** When the customer last looked at the payment while it was not over. */
  watchedAt: Date | undefined;
  /** When an operator had the bank asked; undefined once it was asked. */
  wantedAt: Date | undefined;
  /** When it was last looked up in the transactions of its account. */
  lookedUpAt: Date | undefined;
  /** Since when the bank contradicts what Drop holds. */
  contradictedAt: Date | undefined;
  /**
   * The subject of the contradiction: members of the order, `reference`, `second_payment`; empty where it is the
   * status.
   */
  contradiction: readonly string[];
  /** When the bank is asked next; undefined when there is nothing to ask. */
  dueAt: Date | undefined;
  /** When a reading last found nothing new. */
  askedAt?: Date | undefined;
  settledAt: Date | undefined;
  /** When the customer put the payment aside instead of approving it. */
  dismissedAt: Date | undefined;
  /** The trace of the request that created the payment. */
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
  /** When reconciliation checks the payment, in case its process dies before the bank has it. */
  dueAt: Date;
  /** A new token, for the audit trail. */
  salt: string;
}

/**
 * Stores the payment, and the first entry of its chain in the audit trail; false when the customer has used that
 * idempotency key before.
 */
export async function insertPayment(queries: Queries, payment: NewPayment): Promise<boolean> {
  const row = rowOf(payment);
  const { id, userId: subject, at, salt } = payment;
  const entry = { chain: paymentChain(id), kind: 'order', recorded: [row], subject, at, salt } as const;
  const inserting = sql`${queries
    .insertInto('transactions')
    .values(row)
    .onConflict((conflict) => conflict.columns(['user_id', 'idempotency_key']).doNothing())
    .returning(sql`id::text`.as('row'))}`;
  return (await appendEntries(queries, [entry], inserting)) > 0;
}

function rowOf(payment: NewPayment) {
  const { order } = payment;
  return {
    id: payment.id,
    user_id: payment.userId,
    account_id: payment.accountId,
    provider: payment.provider,
    bank_id: payment.bankId,
    bank_name: payment.bankName,
    status: 'created' as const,
    amount: order.money.amount,
    currency: order.money.currency,
    debtor_account_number: order.debtorAccountNumber,
    creditor_name: order.creditorName,
    creditor_account_number: order.creditorAccountNumber,
    kid: order.remittance.kind === 'kid' ? order.remittance.kid : null,
    remittance_text: order.remittance.kind === 'text' ? order.remittance.text : null,
    execution_date: order.execution.kind === 'on' ? order.execution.date : null,
    is_instant: order.execution.kind === 'instant',
    order_hash: payment.orderHash,
    state_hash: payment.stateHash,
    idempotency_key: payment.idempotencyKey,
    request_hash: payment.requestHash,
    traceparent: payment.traceparent ?? null,
    created_at: payment.at,
    updated_at: payment.at,
    due_at: payment.dueAt,
  };
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

function payments(queries: Queries) {
  return queries.selectFrom('transactions').selectAll();
}

function byKey(queries: Queries, key: PaymentKey) {
  const query = payments(queries);
  if ('stateHash' in key) return query.where('state_hash', '=', key.stateHash);
  if ('reference' in key)
    return query.where('provider', '=', key.provider).where('payment_id', '=', key.reference);
  if ('idempotencyKey' in key) {
    return query.where('user_id', '=', key.userId).where('idempotency_key', '=', key.idempotencyKey);
  }
  return query.where('id', '=', key.id);
}

interface AlikePayment {
  /** The payment itself, which does not count. */
  id: string;
  userId: string;
  creditorAccountNumber: string;
  money: Money;
  since: Date;
}

/**
 * The id of the customer's newest other payment of that amount to that account that has moved money, or still may. One
 * that was put aside counts once it was approved after all.
 */
export async function findAlikePayment(queries: Queries, alike: AlikePayment): Promise<string | undefined> {
  const row = await queries
    .selectFrom('transactions')
    .select('id')
    .where('id', '!=', alike.id)
    .where('user_id', '=', alike.userId)
    .where((where) =>
      // One that failed may have been sent again long after it was written.
      where.or([where('created_at', '>', alike.since), where('initiated_at', '>', alike.since)]),
    )
    .where('creditor_account_number', '=', alike.creditorAccountNumber)
    .where('amount', '=', alike.money.amount)
    .where('currency', '=', alike.money.currency)
    .where((where) =>
      where.or([where('status', 'not in', statusesWithoutMoney), where('contradicted_at', 'is not', null)]),
    )
    .where((where) =>
      where.or([where('dismissed_at', 'is', null), where('status', '!=', 'awaiting_authorisation')]),
    )
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

/** Whether the bank certainly does not have a payment, so that it may be handed over. */
export function isSendable({ status, reference, contradictedAt }: Payment): boolean {
  return sendableStatuses.includes(status) && reference === undefined && contradictedAt === undefined;
}

/**
 * Claims a sendable payment for one attempt to hand it over; true for the one caller that may. `stateHash` is the hash
 * of the attempt's own state.
 */
export async function claimInitiation(
  queries: Queries,
  id: string,
  claim: { stateHash: Buffer; at: Date; dueAt: Date },
): Promise<boolean> {
  const result = await queries
    .updateTable('transactions')
    .set({
      status: 'initiating',
      reason: null,
      state_hash: claim.stateHash,
      initiated_at: claim.at,
      updated_at: claim.at,
      due_at: claim.dueAt,
    })
    .where('id', '=', id)
    .where('status', 'in', sendableStatuses)
    .where('payment_id', 'is', null)
    .where('contradicted_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export interface PaymentUpdate {
  status: PaymentStatus;
  reason: string | undefined;
  reference: string | undefined;
  redirectUrl: KeptLink | undefined;
  decoupledStep: DecoupledStep | undefined;
  creditorCredited: boolean;
  contradictedAt: Date | undefined;
  contradiction: readonly string[];
  dueAt: Date | undefined;
  at: Date;
}

export async function updatePayment(queries: Queries, id: string, update: PaymentUpdate): Promise<void> {
  await queries
    .updateTable('transactions')
    .set({
      status: update.status,
      reason: update.reason ?? null,
      payment_id: update.reference ?? null,
      redirect_url: update.redirectUrl?.stored ?? null,
      redirect_expires_at: update.redirectUrl?.expiresAt ?? null,
      decoupled_step: update.decoupledStep ? JSON.stringify(update.decoupledStep) : null,
      creditor_credited: update.creditorCredited,
      contradicted_at: update.contradictedAt ?? null,
      contradiction: update.contradictedAt ? [...update.contradiction] : null,
      due_at: update.dueAt ?? null,
      updated_at: update.at,
      ...(update.status === 'settled' ? { settled_at: sql<Date>`coalesce(settled_at, ${update.at})` } : {}),
    })
    .where('id', '=', id)
    .execute();
}

/** Records that the customer returned from the bank. If a reading is still due, it is moved to `dueAt`. */
export async function markReturned(
  queries: Queries,
  id: string,
  { at, dueAt }: { at: Date; dueAt: Date },
): Promise<void> {
  await queries
    .updateTable('transactions')
    .set({ returned_at: at, due_at: dueAt })
    .where('id', '=', id)
    .where('due_at', 'is not', null)
    .execute();
}

/** Notes that the customer put the payment aside; false when it no longer waits for an approval. */
export async function markDismissed(queries: Queries, id: string, at: Date): Promise<boolean> {
  const result = await queries
    .updateTable('transactions')
    .set({ dismissed_at: at })
    .where('id', '=', id)
    .where('status', '=', 'awaiting_authorisation')
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export function toPayment(row: Selectable<Schema['transactions']>): Payment {
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
      execution: executionOf(row),
    },
    creditorCredited: row.creditor_credited,
    redirectUrl: keptLink(row),
    decoupledStep: row.decoupled_step ?? undefined,
    requestHash: row.request_hash,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    initiatedAt: row.initiated_at ?? undefined,
    returnedAt: row.returned_at ?? undefined,
    watchedAt: row.watched_at ?? undefined,
    wantedAt: row.wanted_at ?? undefined,
    lookedUpAt: row.looked_up_at ?? undefined,
    contradictedAt: row.contradicted_at ?? undefined,
    contradiction: row.contradiction ?? [],
    dueAt: row.due_at ?? undefined,
    askedAt: row.asked_at ?? undefined,
    settledAt: row.settled_at ?? undefined,
    dismissedAt: row.dismissed_at ?? undefined,
    traceparent: row.traceparent ?? undefined,
  };
}

function keptLink(
  row: Pick<Selectable<Schema['transactions']>, 'redirect_url' | 'redirect_expires_at'>,
): KeptLink | undefined {
  const { redirect_url: stored, redirect_expires_at: expiresAt } = row;
  return stored === null ? undefined : { stored, expiresAt: expiresAt ?? undefined };
}

function remittanceOf(row: { kid: string | null; remittance_text: string | null }): RemittanceInformation {
  if (row.kid !== null) return { kind: 'kid', kid: row.kid };
  return row.remittance_text === null ? { kind: 'none' } : { kind: 'text', text: row.remittance_text };
}

function executionOf(row: { execution_date: string | null; is_instant: boolean }): Execution {
  if (row.execution_date !== null) return { kind: 'on', date: row.execution_date };
  return { kind: row.is_instant ? 'instant' : 'normal' };
}
