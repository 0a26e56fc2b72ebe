import { sql } from 'kysely';
import type { Queries } from './database.ts';

export interface NewWebhook {
  provider: string;
  deduplicationKey: string;
  subject: string;
  eventType: string;
  rawBody: Uint8Array;
  at: Date;
}

/** Stores a webhook; false when it is there already. */
export async function storeWebhook(queries: Queries, webhook: NewWebhook): Promise<boolean> {
  const result = await queries
    .insertInto('webhook_inbox')
    .values({
      provider: webhook.provider,
      deduplication_key: webhook.deduplicationKey,
      subject: webhook.subject,
      event_type: webhook.eventType,
      raw_body: Buffer.from(webhook.rawBody),
      next_attempt_at: webhook.at,
      received_at: webhook.at,
    })
    .onConflict((conflict) => conflict.columns(['provider', 'deduplication_key']).doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export interface ClaimedWebhook {
  id: string;
  provider: string;
  subject: string;
  eventType: string;
  rawBody: Uint8Array;
  attempts: number;
}

/**
 * Takes up to `limit` due webhooks for `leaseMs` milliseconds: the oldest of each subject, so that a subject's
 * webhooks are handled one after the other. Who dies with a claim leaves it to be taken again when the lease is over.
 */
export async function claimWebhooks(
  queries: Queries,
  now: Date,
  { limit, leaseMs }: { limit: number; leaseMs: number },
): Promise<ClaimedWebhook[]> {
  const leaseEnd = new Date(now.getTime() + leaseMs);
  const { rows } = await sql<ClaimedWebhook>`
    update webhook_inbox set next_attempt_at = ${leaseEnd}, attempts = attempts + 1
    where id in (
      select id from webhook_inbox as due
      where status = 'received' and next_attempt_at <= ${now}
        and not exists (
          select from webhook_inbox as earlier
          where earlier.status = 'received' and earlier.provider = due.provider
            and earlier.subject = due.subject and earlier.id < due.id
        )
      order by next_attempt_at, id
      limit ${limit}
      for update skip locked
    )
    returning id::text, provider, event_type as "eventType", subject, raw_body as "rawBody", attempts
  `.execute(queries);
  return rows;
}

export async function webhookHandled(queries: Queries, id: string, at: Date): Promise<void> {
  await queries
    .updateTable('webhook_inbox')
    .set({ status: 'handled', handled_at: at, last_error: null })
    .where('id', '=', Number(id))
    .execute();
}

/** Puts a webhook off until `retryAt`, or for good when that is undefined. */
export async function webhookFailed(
  queries: Queries,
  id: string,
  failure: { error: string; retryAt: Date | undefined },
): Promise<void> {
  await queries
    .updateTable('webhook_inbox')
    .set(
      failure.retryAt
        ? { last_error: failure.error, next_attempt_at: failure.retryAt }
        : { last_error: failure.error, status: 'dead' },
    )
    .where('id', '=', Number(id))
    .execute();
}
