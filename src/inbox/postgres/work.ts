import type { ClaimedWebhook, WebhookClaim } from '../storage.ts';
import type { Run } from './run.ts';

/** While a webhook has failed fewer times than this, later webhooks of the same subject wait for it. */
export const orderedFailuresMax = 3;

const claiming = `
  with taken as materialized (
    select id, in_hand, next_attempt_at as due_at from webhook_inbox as due
    where status = 'received' and next_attempt_at <= $1
      and not exists (
        select from webhook_inbox as earlier
        where earlier.status = 'received' and earlier.provider = due.provider
          and earlier.subject = due.subject and earlier.id < due.id
          and earlier.failures < ${orderedFailuresMax}
      )
    order by next_attempt_at, id
    limit $2
    for update skip locked
  ), claimed as (
    update webhook_inbox as webhook
    set next_attempt_at = $3, attempts = attempts + 1, in_hand = true
    from taken where webhook.id = taken.id
    returning webhook.*, taken.in_hand as is_lease_lost, taken.due_at,
      exists (
        select from webhook_inbox as later
        where later.status = 'received' and later.provider = webhook.provider
          and later.subject = webhook.subject and later.id > webhook.id
      ) as has_later
  )
  select claimed.id::text, provider, event_type as "eventType", subject, raw_body as "rawBody", attempts, failures,
    is_lease_lost as "isLeaseLost", request_id as "requestId", traceparent, received_at as "receivedAt",
    has_later as "hasLater"
  from claimed order by due_at, claimed.id
`;

/**
 * Claims up to `limit` due webhooks for `leaseMs` milliseconds: the oldest of each subject, so that a subject's
 * webhooks are handled one after the other. A webhook that has failed `orderedFailuresMax` times no longer holds up
 * later ones. If the worker dies, the webhook can be claimed again when the lease ends, with `isLeaseLost` set.
 */
export async function claimWebhooks(
  run: Run,
  now: Date,
  { limit, leaseMs }: { limit: number; leaseMs: number },
): Promise<ClaimedWebhook[]> {
  const leaseEnd = new Date(now.getTime() + leaseMs);
  const { rows } = await run(claiming, [now, limit, leaseEnd]);
  return rows as ClaimedWebhook[];
}

/** The `from` and `where` clauses of an update of `webhook_inbox as webhook`, limited to claims that still hold. */
const heldBy = `
  from unnest($1::bigint[], $2::integer[]) as claim (id, attempts)
  where webhook.id = claim.id and webhook.attempts = claim.attempts and webhook.status = 'received'
`;

function columnsOf(claims: readonly WebhookClaim[]): unknown[] {
  return [claims.map(({ id }) => id), claims.map(({ attempts }) => attempts)];
}

/** Releases claims that were not started, so that another worker can take them immediately. */
export async function releaseWebhooks(
  run: Run,
  claims: readonly WebhookClaim[],
  { now, channel }: { now: Date; channel: string },
): Promise<void> {
  if (claims.length === 0) return;
  const text = `update webhook_inbox as webhook set in_hand = false, next_attempt_at = $3 ${heldBy}`;
  await run(text, [...columnsOf(claims), now]);
  await run(`select pg_notify($1, '')`, [channel]);
}

/** Marks webhooks as handled. Returns for each whether its claim was still valid. */
export async function webhooksHandled(
  run: Run,
  claims: readonly WebhookClaim[],
  at: Date,
): Promise<boolean[]> {
  const text = `
    update webhook_inbox as webhook set status = 'handled', in_hand = false, handled_at = $3, last_error = null
    ${heldBy}
    returning webhook.id::text, webhook.attempts
  `;
  const { rows } = await run(text, [...columnsOf(claims), at]);
  const nameOf = ({ id, attempts }: WebhookClaim): string => `${id} ${attempts}`;
  const marked = new Set((rows as WebhookClaim[]).map(nameOf));
  return claims.map((claim) => marked.has(nameOf(claim)));
}

/**
 * Records a failure: the webhook is retried at `retryAt`, or is dead when that is undefined. False when the claim was
 * no longer valid.
 */
export async function webhookFailed(
  run: Run,
  claim: WebhookClaim,
  { error, retryAt }: { error: string; retryAt: Date | undefined },
): Promise<boolean> {
  const text = `
    update webhook_inbox set
      status = case when $4::timestamptz is null then 'dead' else status end,
      next_attempt_at = coalesce($4::timestamptz, next_attempt_at),
      in_hand = false, last_error = $3, failures = failures + 1
    where id = $1 and attempts = $2 and status = 'received'
    returning id
  `;
  const { rows } = await run(text, [claim.id, claim.attempts, error, retryAt ?? null]);
  return rows.length > 0;
}
