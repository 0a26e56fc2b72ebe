import { sql } from 'kysely';
import type { Queries } from '../database.ts';
import type { OutboxChannel, OutboxStatus } from '../tables/messages.ts';

/** The right of one process to attempt a message, until its lease ends. */
export interface EntryClaim {
  id: string;
  claim: string;
}

export interface ClaimedEntry extends EntryClaim {
  userId: string | null;
  code: string;
  parameters: Record<string, unknown>;
  createdAt: Date;
  /** How often it was claimed, this time included. */
  attempts: number;
  /** Whether a later message to its recipient was there when it was claimed, and may wait for it. */
  hasLater: boolean;
}

export interface ClaimOptions {
  channel: OutboxChannel;
  /** The codes that this version of Drop knows. */
  codes: readonly string[];
  limit: number;
  leaseMs: number;
  /** Distinguishes these claims from earlier and later ones: a new id. */
  claim: string;
}

/**
 * Claims due messages, the longest due first. Of each recipient only the oldest can be claimed, so that a message waits
 * for those before it. If the process dies, the message is due again when the lease ends. A message with another code
 * waits for a process that knows it, and holds back none with a known code.
 */
export async function claimEntries(
  queries: Queries,
  now: Date,
  { channel, codes, limit, leaseMs, claim }: ClaimOptions,
): Promise<ClaimedEntry[]> {
  const leaseEnd = new Date(now.getTime() + leaseMs);
  const { rows } = await sql<ClaimedEntry>`
    with due as materialized (
      select id, due_at from outbox as due
      where channel = ${channel} and status = 'waiting' and due_at <= ${now} and code = any (${codes})
        and not exists (
          select from outbox as earlier
          where earlier.status = 'waiting' and earlier.channel = due.channel and earlier.code = any (${codes})
            and earlier.recipient = due.recipient and earlier.sequence < due.sequence
        )
      order by due_at limit ${limit}
      for update skip locked
    ), claimed as (
      update outbox set claim = ${claim}, due_at = ${leaseEnd}, attempts = attempts + 1
      from due where outbox.id = due.id
      returning outbox.*, due.due_at as was_due_at,
        exists (
          select from outbox as later
          where later.status = 'waiting' and later.channel = outbox.channel and later.recipient = outbox.recipient
            and later.sequence > outbox.sequence
        ) as has_later
    )
    select id, claim, user_id as "userId", code, parameters, created_at as "createdAt", attempts,
      has_later as "hasLater"
    from claimed order by was_due_at, sequence
  `.execute(queries);
  return rows;
}

/** Ends a message. False when the claim was lost to another process. */
export async function settleEntry(
  queries: Queries,
  { id, claim }: EntryClaim,
  outcome: { status: Exclude<OutboxStatus, 'waiting'>; at: Date; error?: string; addressId?: string },
): Promise<boolean> {
  const { status, at, error = null, addressId = null } = outcome;
  const { numUpdatedRows } = await queries
    .updateTable('outbox')
    .set({ status, settled_at: at, last_error: error, due_at: null, claim: null, address_id: addressId })
    .where('id', '=', id)
    .where('claim', '=', claim)
    .where('status', '=', 'waiting')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Puts a message off until `dueAt`. `attempts` replaces the count of its attempts, if given. */
export async function putOffEntry(
  queries: Queries,
  { id, claim }: EntryClaim,
  next: { dueAt: Date; error?: string; attempts?: number },
): Promise<void> {
  const { dueAt, error, attempts } = next;
  await queries
    .updateTable('outbox')
    .set({ due_at: dueAt, claim: null })
    .$if(error !== undefined, (update) => update.set({ last_error: error ?? null }))
    .$if(attempts !== undefined, (update) => update.set({ attempts: attempts ?? 0 }))
    .where('id', '=', id)
    .where('claim', '=', claim)
    .where('status', '=', 'waiting')
    .execute();
}

/**
 * Since when the mail has been due that has waited the longest, of those that wait for no earlier one to their
 * recipient; undefined when none is due.
 */
export async function oldestDueEntry(queries: Queries, now: Date): Promise<Date | undefined> {
  const { rows } = await sql<{ dueAt: Date }>`
    select due_at as "dueAt" from outbox as due
    where channel = 'mail' and status = 'waiting' and due_at <= ${now} and not exists (
      select from outbox as earlier
      where earlier.status = 'waiting' and earlier.channel = due.channel
        and earlier.recipient = due.recipient and earlier.sequence < due.sequence
    )
    order by due_at limit 1
  `.execute(queries);
  return rows[0]?.dueAt;
}
