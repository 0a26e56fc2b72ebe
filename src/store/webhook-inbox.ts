import { sql } from 'kysely';
import type pg from 'pg';
import { webhooksChannel } from './changes.ts';
import type { Queries } from './database.ts';

export interface NewWebhook {
  provider: string;
  deduplicationKey: string;
  subject: string;
  eventType: string;
  rawBody: Uint8Array;
  at: Date;
}

/** While its webhooks have failed less often than this, a subject's later ones wait for the one that fails. */
export const orderedFailuresMax = 3;

/** Prepared on each connection under a name of its own, since planning it takes as long as storing a few rows. */
const storing = {
  name: 'store_webhooks',
  text: `
    with stored as (
      insert into webhook_inbox
        (provider, deduplication_key, subject, event_type, raw_body, next_attempt_at, received_at)
      select provider, key, subject, event_type, raw_body, at, at
      from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::timestamptz[])
        with ordinality as webhook (provider, key, subject, event_type, raw_body, at, position)
      order by position
      on conflict (provider, deduplication_key) do nothing
      returning provider, deduplication_key as key
    )
    select provider, key, (select pg_notify('${webhooksChannel}', '')) from stored
  `,
};

/**
 * Stores webhooks by one statement, and announces them when at least one is new; for each whether it is. Of the same
 * one twice, the first is. Ids follow the order given.
 */
export async function storeWebhooks(
  pool: Pick<pg.Pool, 'query'>,
  webhooks: readonly NewWebhook[],
): Promise<boolean[]> {
  const values = [
    webhooks.map(({ provider }) => provider),
    webhooks.map(({ deduplicationKey }) => deduplicationKey),
    webhooks.map(({ subject }) => subject),
    webhooks.map(({ eventType }) => eventType),
    webhooks.map(({ rawBody }) => Buffer.from(rawBody.buffer, rawBody.byteOffset, rawBody.byteLength)),
    webhooks.map(({ at }) => at),
  ];
  const { rows } = await pool.query<{ provider: string; key: string }>({ ...storing, values });
  const unclaimed = new Set(rows.map(({ provider, key }) => `${provider} ${key}`));
  return webhooks.map(({ provider, deduplicationKey }) =>
    unclaimed.delete(`${provider} ${deduplicationKey}`),
  );
}

/** A worker's hold on a webhook: of all who ever took it, the one who did so the `attempts`th time. */
export interface WebhookClaim {
  id: string;
  attempts: number;
}

export interface ClaimedWebhook extends WebhookClaim {
  provider: string;
  subject: string;
  eventType: string;
  rawBody: Uint8Array;
  /** Since it came, or was replayed. */
  failures: number;
}

/**
 * Takes up to `limit` due webhooks for `leaseMs` milliseconds: the oldest of each subject, so that a subject's
 * webhooks are handled one after the other; one that has failed `orderedFailuresMax` times holds up no others. Who
 * dies with a claim leaves it to be taken again when the lease is over.
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
            and earlier.failures < ${orderedFailuresMax}
        )
      order by next_attempt_at, id
      limit ${limit}
      for update skip locked
    )
    returning id::text, provider, event_type as "eventType", subject, raw_body as "rawBody", attempts, failures
  `.execute(queries);
  return rows;
}

/** Marks what was handled; for each whether it still was the claimant's to mark. */
export async function webhooksHandled(
  queries: Queries,
  claims: readonly WebhookClaim[],
  at: Date,
): Promise<boolean[]> {
  const { rows } = await sql<WebhookClaim>`
    update webhook_inbox as webhook set status = 'handled', handled_at = ${at}, last_error = null
    from unnest(
      ${claims.map(({ id }) => id)}::bigint[], ${claims.map(({ attempts }) => attempts)}::integer[]
    ) as claim (id, attempts)
    where webhook.id = claim.id and webhook.attempts = claim.attempts and webhook.status = 'received'
    returning webhook.id::text, webhook.attempts
  `.execute(queries);
  const nameOf = ({ id, attempts }: WebhookClaim): string => `${id} ${attempts}`;
  const marked = new Set(rows.map(nameOf));
  return claims.map((claim) => marked.has(nameOf(claim)));
}

/**
 * Puts a webhook off until `retryAt`, or for good when that is undefined; false when it was no longer the claimant's.
 */
export async function webhookFailed(
  queries: Queries,
  claim: WebhookClaim,
  failure: { error: string; retryAt: Date | undefined },
): Promise<boolean> {
  const result = await queries
    .updateTable('webhook_inbox')
    .set(failure.retryAt ? { next_attempt_at: failure.retryAt } : { status: 'dead' })
    .set((row) => ({ last_error: failure.error, failures: row('failures', '+', 1) }))
    .where('id', '=', Number(claim.id))
    .where('attempts', '=', claim.attempts)
    .where('status', '=', 'received')
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
