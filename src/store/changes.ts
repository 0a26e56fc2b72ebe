import { sql } from 'kysely';
import type { Queries } from './database.ts';
import type { OutboxChannel } from './tables/messages.ts';

/** A change to a customer's data. It names what to read again and never contains the new value. */
export interface Change {
  userId: string;
  kind: 'payment' | 'kyc' | 'account' | 'connection' | 'session' | 'notification';
  id: string;
}

export const changesChannel = 'drop_changes';
export const webhooksChannel = 'drop_webhooks';
export const breakersChannel = 'drop_breakers';
export const outboxChannel = 'drop_outbox';
export const probesChannel = 'drop_probes';

/** The channels whose notifications are handed on to their readers. */
export const announcedChannels = [changesChannel, webhooksChannel, breakersChannel, outboxChannel] as const;

/** Notifies every process when the caller's transaction commits. */
export async function announceChange(queries: Queries, change: Change): Promise<void> {
  await announceChanges(queries, [change]);
}

/** As `announceChange`, for several at once. */
export async function announceChanges(queries: Queries, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  const payloads = changes.map((change) => JSON.stringify(change));
  await sql`select pg_notify(${changesChannel}, payload) from unnest(${payloads}::text[]) as payload`.execute(
    queries,
  );
}

export async function announceWebhook(queries: Queries): Promise<void> {
  await sql`select pg_notify(${webhooksChannel}, '')`.execute(queries);
}

/** Announces that messages wait to be sent over `channel`. */
export async function announceOutbox(queries: Queries, channel: OutboxChannel): Promise<void> {
  await sql`select pg_notify(${outboxChannel}, ${channel})`.execute(queries);
}

/** Announces a probe, by which a process hears whether announcements reach it. */
export async function announceProbe(queries: Queries, payload: string): Promise<void> {
  await sql`select pg_notify(${probesChannel}, ${payload})`.execute(queries);
}
