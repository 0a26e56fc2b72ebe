import { sql } from 'kysely';
import type { Queries } from './database.ts';

/** Something of a customer's changed; says what to read again, never what it is now. */
export interface Change {
  userId: string;
  kind: 'payment' | 'kyc' | 'account' | 'connection' | 'session';
  id: string;
}

export const changesChannel = 'drop_changes';
export const webhooksChannel = 'drop_webhooks';
export const breakersChannel = 'drop_breakers';

/** Tells every process, when the caller's transaction commits and not before. */
export async function announceChange(queries: Queries, change: Change): Promise<void> {
  await sql`select pg_notify(${changesChannel}, ${JSON.stringify(change)})`.execute(queries);
}

export async function announceWebhook(queries: Queries): Promise<void> {
  await sql`select pg_notify(${webhooksChannel}, '')`.execute(queries);
}
