import { sql, type RawBuilder } from 'kysely';
import { allOf } from '../conditions.ts';
import type { Queries } from '../database.ts';

export const webhookStatuses = ['received', 'handled', 'dead'] as const;
export type WebhookStatus = (typeof webhookStatuses)[number];

/** An operator's search filters; an absent filter matches everything. */
export interface WebhookFilters {
  provider?: string | undefined;
  status?: WebhookStatus | undefined;
  eventType?: string | undefined;
  subject?: string | undefined;
  receivedFrom?: Date | undefined;
  /** Exclusive. */
  receivedTo?: Date | undefined;
  idFrom?: number | undefined;
  /** Inclusive. */
  idTo?: number | undefined;
  /** The id of the webhook after which the page begins. */
  after?: number | undefined;
  /** The id of the request that brought it. */
  requestId?: string | undefined;
  /** The trace's id, 32 hexadecimal digits. */
  traceId?: string | undefined;
  /** About a payment or a verification of this customer. */
  userId?: string | undefined;
  payment?: NamedPayment | undefined;
}

/** A payment, by the id that its provider's webhooks name; null while Drop does not know it. */
export interface NamedPayment {
  provider: string;
  reference: string | null;
}

export interface InboxEntry {
  id: number;
  provider: string;
  status: WebhookStatus;
  eventType: string;
  subject: string;
  /** How many times a worker has claimed it. */
  attempts: number;
  /** The number of failures since it arrived or was replayed. */
  failures: number;
  lastError: string | null;
  receivedAt: Date;
  handledAt: Date | null;
  /** Whether the last worker to claim it has not reported a result yet. */
  inHand: boolean;
  /** For a received webhook: when it is due, or when the worker's lease ends. */
  nextAttemptAt: Date;
  /** The last replay, if any. */
  replayId: number | null;
  bytes: number;
  requestId: string | null;
  traceparent: string | null;
}

const entryColumns = sql`
  id, provider, status, event_type as "eventType", subject, attempts, failures, last_error as "lastError",
  received_at as "receivedAt", handled_at as "handledAt", in_hand as "inHand", next_attempt_at as "nextAttemptAt",
  replay_id as "replayId", length(raw_body) as bytes, request_id as "requestId", traceparent
`;

/** The newest first. */
export async function listWebhooks(
  queries: Queries,
  filters: WebhookFilters,
  limit: number,
): Promise<InboxEntry[]> {
  const { rows } = await sql<InboxEntry>`
    select ${entryColumns} from webhook_inbox where ${conditionOf(filters)} order by id desc limit ${limit}
  `.execute(queries);
  return rows;
}

export interface WebhookCount {
  provider: string;
  status: WebhookStatus;
  count: number;
}

export async function countWebhooks(queries: Queries, filters: WebhookFilters): Promise<WebhookCount[]> {
  const { rows } = await sql<WebhookCount>`
    select provider, status, count(*) as count from webhook_inbox where ${conditionOf(filters)}
    group by provider, status order by provider, status
  `.execute(queries);
  return rows;
}

export interface FoundWebhook extends InboxEntry {
  deduplicationKey: string;
  rawBody: Buffer;
  replayReason: string | null;
  /** The operator who had it handled again. */
  replayedBy: string | null;
}

export async function findWebhook(queries: Queries, id: number): Promise<FoundWebhook | undefined> {
  const { rows } = await sql<FoundWebhook>`
    select ${entryColumns}, deduplication_key as "deduplicationKey", raw_body as "rawBody",
      (select reason from webhook_replays as replay where replay.id = replay_id) as "replayReason",
      (select replayed_by from webhook_replays as replay where replay.id = replay_id) as "replayedBy"
    from webhook_inbox where id = ${id}
  `.execute(queries);
  return rows[0];
}

/** A condition on `webhook_inbox`. */
export function conditionOf(filters: WebhookFilters): RawBuilder<boolean> {
  const { provider, status, eventType, subject, receivedFrom, receivedTo, idFrom, idTo } = filters;
  const { requestId, traceId, userId, payment, after } = filters;
  return allOf([
    [provider, sql`provider = ${provider}`],
    [status, sql`status = ${status}`],
    [eventType, sql`event_type = ${eventType}`],
    [subject, sql`subject = ${subject}`],
    [receivedFrom, sql`received_at >= ${receivedFrom}`],
    [receivedTo, sql`received_at < ${receivedTo}`],
    [idFrom, sql`id >= ${idFrom}`],
    [idTo, sql`id <= ${idTo}`],
    [after, sql`id < ${after}`],
    [requestId, sql`request_id = ${requestId}`],
    [traceId, sql`split_part(traceparent, '-', 2) = ${traceId}`],
    [userId, sql`subject in (${subjectsOf(userId)})`],
    [payment, sql`provider = ${payment?.provider} and subject = ${payment?.reference}`],
  ]);
}

/** What webhooks about a customer name: the customer's applicants, and the payments by their providers' ids. */
function subjectsOf(userId: string | undefined): RawBuilder<unknown> {
  return sql`
    select applicant_id from kyc_applicants where user_id = ${userId}
    union all select payment_id from transactions where user_id = ${userId} and payment_id is not null
  `;
}
