import { sql } from 'kysely';
import type { Evidence, PaymentStatus } from '#domain/payment/status.ts';
import { paymentChain } from '#domain/audit/entry.ts';
import { appendEntries } from './audit/append.ts';
import type { Queries } from './database.ts';

/** A report about a payment, and its outcome. Events are only ever added. */
export interface PaymentEvent {
  status: PaymentStatus;
  evidence: Evidence;
  wireStatus: string | undefined;
  reasonCode: string | undefined;
  outcome: 'moved' | 'contradiction';
  /**
   * The subject of a contradiction: members of the order, `reference` or `second_payment`; empty where it is the
   * status.
   */
  differences: readonly string[];
  at: Date;
  /** A new token, for the audit trail. */
  salt: string;
}

/** Stores a report, and its entry in the audit trail. The caller's transaction holds the lock of the payment's row. */
export async function appendPaymentEvent(
  queries: Queries,
  { id, userId }: { id: string; userId: string },
  event: PaymentEvent,
): Promise<void> {
  const row = {
    transaction_id: id,
    status: event.status,
    evidence: event.evidence,
    wire_status: event.wireStatus ?? null,
    reason_code: event.reasonCode ?? null,
    outcome: event.outcome,
    differences: event.differences.length > 0 ? [...event.differences] : null,
    at: event.at,
  };
  const { at, salt } = event;
  const entry = {
    chain: paymentChain(id),
    kind: 'move',
    recorded: [row],
    subject: userId,
    at,
    salt,
  } as const;
  const inserting = sql`${queries
    .insertInto('transaction_events')
    .values(row)
    .returning(sql`id::text`.as('row'))}`;
  await appendEntries(queries, [entry], inserting);
}

/** Whether the bank's present report has been stored since `since`: a bank may repeat it at every reading. */
export async function isNotedContradiction(
  queries: Queries,
  id: string,
  said: Pick<PaymentEvent, 'status' | 'wireStatus' | 'differences'> & { since: Date },
): Promise<boolean> {
  const row = await queries
    .selectFrom('transaction_events')
    .select('id')
    .where('transaction_id', '=', id)
    .where('outcome', '=', 'contradiction')
    .where('at', '>=', said.since)
    .where('status', '=', said.status)
    .where('wire_status', 'is not distinct from', said.wireStatus ?? null)
    .where(sql<boolean>`coalesce(differences, '{}') = ${[...said.differences]}::text[]`)
    .executeTakeFirst();
  return row !== undefined;
}

/** The statuses that each of `ids` passed through, oldest first. */
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
