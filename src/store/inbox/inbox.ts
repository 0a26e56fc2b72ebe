import { sql, type RawBuilder } from 'kysely';
import type pg from 'pg';
import { announceWebhook, webhooksChannel } from '../changes.ts';
import type { Queries } from '../database.ts';
import { prepared, runPrepared } from '../prepared.ts';

export interface NewWebhook {
  provider: string;
  deduplicationKey: string;
  subject: string;
  eventType: string;
  rawBody: Uint8Array;
  at: Date;
  /** The id of the request that brought it, and its trace. */
  requestId?: string | undefined;
  traceparent?: string | undefined;
}

/** While a webhook has failed fewer times than this, later webhooks of the same subject wait for it. */
export const orderedFailuresMax = 3;

/**
 * A named prepared statement, because planning it takes as long as storing a few rows. Ids follow the order of arrival,
 * which is the order of handling. Rows are inserted in the order of their keys, so that two processes that store the
 * same keys cannot deadlock.
 */
const storing = prepared(
  'store_webhooks',
  `
    with stored as (
      insert into webhook_inbox
        (id, provider, deduplication_key, subject, event_type, raw_body, next_attempt_at, received_at, request_id,
          traceparent)
      overriding system value
      select
        (array(select nextval('webhook_inbox_id_seq') from generate_series(1, cardinality($2::text[]))))[arrival],
        provider, key, subject, type, substring($1::bytea from start for length),
        to_timestamp(at / 1000), to_timestamp(at / 1000),
        request, trace
      from unnest(
        $2::text[], $3::text[], $4::text[], $5::text[], $6::integer[], $7::integer[], $8::float8[], $9::integer[],
        $10::text[], $11::text[]
      ) as webhook (provider, key, subject, type, start, length, at, arrival, request, trace)
      on conflict (provider, deduplication_key) do nothing
      returning provider, deduplication_key
    )
    select count(*)::integer as "storedCount",
      case when count(*) < cardinality($2::text[]) then array_agg(provider || ' ' || deduplication_key) end as names,
      case when count(*) > 0 then pg_notify('${webhooksChannel}', '') end as announced
    from stored
  `,
);

/**
 * Stores webhooks with one statement and announces them when at least one is new. Returns whether each is new; of
 * duplicates within `webhooks`, the first is. Ids follow the given order.
 */
export async function storeWebhooks(
  pool: Pick<pg.Pool, 'query'>,
  webhooks: readonly NewWebhook[],
): Promise<boolean[]> {
  const { rows } = await runPrepared<{ storedCount: number; names: string[] | null }>(
    pool,
    storing,
    columnsOf(webhooks),
  );
  if (rows[0]?.storedCount === webhooks.length) return webhooks.map(() => true);
  const unclaimed = new Set(rows[0]?.names ?? []);
  return webhooks.map(({ provider, deduplicationKey }) =>
    unclaimed.delete(`${provider} ${deduplicationKey}`),
  );
}

/**
 * An array for each column, with rows in the order of their keys. The bodies are concatenated, because as hexadecimal
 * text in an array they would be twice as long.
 */
function columnsOf(webhooks: readonly NewWebhook[]): unknown[] {
  const rows = webhooks.map((webhook, index) => ({ ...webhook, arrival: index + 1 })).sort(byKey);
  const lengths = rows.map(({ rawBody }) => rawBody.length);
  let end = 1;
  return [
    Buffer.concat(rows.map(({ rawBody }) => rawBody)),
    rows.map(({ provider }) => provider),
    rows.map(({ deduplicationKey }) => deduplicationKey),
    rows.map(({ subject }) => subject),
    rows.map(({ eventType }) => eventType),
    numberArray(lengths.map((length) => (end += length) - length)),
    numberArray(lengths),
    numberArray(rows.map(({ at }) => at.getTime())),
    numberArray(rows.map(({ arrival }) => arrival)),
    rows.map(({ requestId }) => requestId),
    rows.map(({ traceparent }) => traceparent),
  ];
}

/** A total order that is the same in every process; the sort keeps the order of duplicates. */
function byKey(left: NewWebhook, right: NewWebhook): number {
  return compare(left.provider, right.provider) || compare(left.deduplicationKey, right.deduplicationKey);
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** PostgreSQL's array syntax. The driver's own conversion would check every number for characters to escape. */
function numberArray(numbers: readonly number[]): string {
  return `{${numbers.join(',')}}`;
}

/** A worker's claim on a webhook. `attempts` distinguishes it from earlier and later claims. */
export interface WebhookClaim {
  id: string;
  attempts: number;
}

export interface ClaimedWebhook extends WebhookClaim {
  provider: string;
  subject: string;
  eventType: string;
  rawBody: Uint8Array;
  /** The number of failures since it arrived or was replayed. */
  failures: number;
  /** Whether the previous worker stopped without reporting a result. */
  isLeaseLost: boolean;
  /** Whether a later webhook of its subject was there when it was claimed, and may wait for it. */
  hasLater: boolean;
  requestId: string | null;
  traceparent: string | null;
  receivedAt: Date;
}

/**
 * Claims up to `limit` due webhooks for `leaseMs` milliseconds: the oldest of each subject, so that a subject's
 * webhooks are handled one after the other. A webhook that has failed `orderedFailuresMax` times no longer holds up
 * later ones. If the worker dies, the webhook can be claimed again when the lease ends, with `isLeaseLost` set.
 */
export async function claimWebhooks(
  queries: Queries,
  now: Date,
  { limit, leaseMs }: { limit: number; leaseMs: number },
): Promise<ClaimedWebhook[]> {
  const leaseEnd = new Date(now.getTime() + leaseMs);
  const { rows } = await sql<ClaimedWebhook>`
    with taken as materialized (
      select id, in_hand from webhook_inbox as due
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
    update webhook_inbox as webhook
    set next_attempt_at = ${leaseEnd}, attempts = attempts + 1, in_hand = true
    from taken where webhook.id = taken.id
    returning webhook.id::text, provider, event_type as "eventType", subject, raw_body as "rawBody", attempts,
      failures, taken.in_hand as "isLeaseLost", request_id as "requestId", traceparent,
      received_at as "receivedAt",
      exists (
        select from webhook_inbox as later
        where later.status = 'received' and later.provider = webhook.provider
          and later.subject = webhook.subject and later.id > webhook.id
      ) as "hasLater"
  `.execute(queries);
  return rows;
}

/**
 * The `from` and `where` clauses of an update of `webhook_inbox as webhook`, limited to claims that are still valid.
 */
function heldBy(claims: readonly WebhookClaim[]): RawBuilder<unknown> {
  return sql`
    from unnest(
      ${claims.map(({ id }) => id)}::bigint[], ${claims.map(({ attempts }) => attempts)}::integer[]
    ) as claim (id, attempts)
    where webhook.id = claim.id and webhook.attempts = claim.attempts and webhook.status = 'received'
  `;
}

/** Releases claims that were not started, so that another worker can take them immediately. */
export async function releaseWebhooks(
  queries: Queries,
  claims: readonly WebhookClaim[],
  now: Date,
): Promise<void> {
  if (claims.length === 0) return;
  await sql`
    update webhook_inbox as webhook set in_hand = false, next_attempt_at = ${now} ${heldBy(claims)}
  `.execute(queries);
  await announceWebhook(queries);
}

/** Marks webhooks as handled. Returns for each whether its claim was still valid. */
export async function webhooksHandled(
  queries: Queries,
  claims: readonly WebhookClaim[],
  at: Date,
): Promise<boolean[]> {
  const { rows } = await sql<WebhookClaim>`
    update webhook_inbox as webhook set status = 'handled', in_hand = false, handled_at = ${at},
      last_error = null
    ${heldBy(claims)}
    returning webhook.id::text, webhook.attempts
  `.execute(queries);
  const nameOf = ({ id, attempts }: WebhookClaim): string => `${id} ${attempts}`;
  const marked = new Set(rows.map(nameOf));
  return claims.map((claim) => marked.has(nameOf(claim)));
}

/**
 * Records a failure: the webhook is retried at `retryAt`, or is dead when that is undefined. False when the claim was
 * no longer valid.
 */
export async function webhookFailed(
  queries: Queries,
  claim: WebhookClaim,
  failure: { error: string; retryAt: Date | undefined },
): Promise<boolean> {
  const result = await queries
    .updateTable('webhook_inbox')
    .set(failure.retryAt ? { next_attempt_at: failure.retryAt } : { status: 'dead' })
    .set((row) => ({ in_hand: false, last_error: failure.error, failures: row('failures', '+', 1) }))
    .where('id', '=', Number(claim.id))
    .where('attempts', '=', claim.attempts)
    .where('status', '=', 'received')
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Since when the webhook has been due that has waited the longest; undefined when none is due. */
export async function oldestDueWebhook(queries: Queries, now: Date): Promise<Date | undefined> {
  const found = await queries
    .selectFrom('webhook_inbox')
    .select('next_attempt_at as dueAt')
    .where('status', '=', 'received')
    .where('next_attempt_at', '<=', now)
    .orderBy('next_attempt_at')
    .limit(1)
    .executeTakeFirst();
  return found?.dueAt;
}
