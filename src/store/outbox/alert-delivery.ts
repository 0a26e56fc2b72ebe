import { sql } from 'kysely';
import type { Queries } from '../database.ts';

/** The state of the operators' channel, which all processes share. */
export interface ChannelState {
  /** When the channel may get its next message, by its pace and by what it asked for. */
  slotAt: Date;
  pausedUntil: Date;
  /** When the next mail may be sent in its place. */
  mailAt: Date;
  /** Since when and how often in a row it has failed. */
  failingSince: Date | undefined;
  failures: number;
  lastFailure: string | undefined;
  /** Whether it refuses until an operator acts. */
  isRefused: boolean;
}

interface Hold {
  /** The process. */
  holder: string;
  now: Date;
  holdMs: number;
}

/**
 * Makes `holder` the only process that delivers, for `holdMs` milliseconds; undefined while another one is. None holds
 * on for longer than `holdMsMax`: a later end is from a clock that was ahead.
 */
export async function takeDelivery(
  queries: Queries,
  { holder, now, holdMs, holdMsMax }: Hold & { holdMsMax: number },
): Promise<ChannelState | undefined> {
  const row = await queries
    .updateTable('alert_delivery')
    .set({ holder, held_until: new Date(now.getTime() + holdMs) })
    .where((where) =>
      where.or([
        where('held_until', '<=', now),
        where('held_until', '>', new Date(now.getTime() + holdMsMax)),
      ]),
    )
    .returningAll()
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    slotAt: row.slot_at,
    pausedUntil: row.paused_until,
    mailAt: row.mail_at,
    failingSince: row.failing_since ?? undefined,
    failures: row.failures,
    lastFailure: row.last_failure ?? undefined,
    isRefused: row.is_refused,
  };
}

/** Holds on for `holdMs` from `now`. */
export async function holdDelivery(queries: Queries, { holder, now, holdMs }: Hold): Promise<void> {
  const heldUntil = new Date(now.getTime() + holdMs);
  await queries
    .updateTable('alert_delivery')
    .set({ held_until: heldUntil })
    .where('holder', '=', holder)
    .execute();
}

/** Lets another process deliver, and stores `change`. Does nothing if another one has taken over. */
export async function releaseDelivery(
  queries: Queries,
  { holder, now }: Pick<Hold, 'holder' | 'now'>,
  change: Partial<ChannelState> = {},
): Promise<void> {
  const { slotAt, pausedUntil, mailAt, failures, isRefused } = change;
  await queries
    .updateTable('alert_delivery')
    .set({
      holder: null,
      held_until: now,
      slot_at: slotAt,
      paused_until: pausedUntil,
      mail_at: mailAt,
      failures,
      is_refused: isRefused,
      failing_since: 'failingSince' in change ? (change.failingSince ?? null) : undefined,
      last_failure: 'lastFailure' in change ? (change.lastFailure ?? null) : undefined,
    })
    .where('holder', '=', holder)
    .execute();
}

/** Whether alerts wait, and why the channel refuses them, if it does. */
export async function lookAtAlerts(
  queries: Queries,
): Promise<{ isWaiting: boolean; refusal: string | undefined }> {
  const { rows } = await sql<{ isWaiting: boolean; refusal: string | null }>`
    select exists (select from outbox where channel = 'alert' and status = 'waiting') as "isWaiting",
      case when is_refused then last_failure end as refusal
    from alert_delivery
  `.execute(queries);
  const [row] = rows;
  return { isWaiting: row?.isWaiting === true, refusal: row?.refusal ?? undefined };
}
