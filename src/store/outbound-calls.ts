import { sql } from 'kysely';
import type { RecordedCall } from '#domain/recorded-call.ts';
import { appendEntries } from './audit/append.ts';
import type { Queries } from './database.ts';

/** Inserts all `calls` with one statement. */
export async function insertCalls(queries: Queries, calls: readonly RecordedCall[]): Promise<void> {
  await insertion(calls).execute(queries);
}

/** Inserts `calls`, and one entry of the audit trail for them, with one statement. `salt` is a new token. */
export async function recordCalls(
  queries: Queries,
  calls: readonly RecordedCall[],
  { at, salt }: { at: Date; salt: string },
): Promise<void> {
  const entry = { chain: 'calls:', kind: 'calls', recorded: calls.map(columnsOf), at, salt } as const;
  await appendEntries(queries, [entry], sql`${insertion(calls)} returning id::text as row`);
}

function columnsOf(call: RecordedCall): Record<string, unknown> {
  return {
    ...call,
    error_code: call.errorCode,
    provider_code: call.providerCode,
    provider_request_id: call.providerRequestId,
    duration_ms: call.durationMs,
    started_at: call.startedAt,
  };
}

function insertion(calls: readonly RecordedCall[]) {
  return sql`
    insert into outbound_calls (provider, operation, attempt, method, origin, status, error_code, provider_code,
      provider_request_id, duration_ms, request, response, traceparent, started_at, request_id, user_id, payment_id,
      bank_id, failure)
    select provider, operation, attempt, method, origin, status, "errorCode", "providerCode", "providerRequestId",
      "durationMs", request, response, traceparent, "startedAt", "requestId", "userId", "paymentId", "bankId",
      failure
    from jsonb_to_recordset(${JSON.stringify(calls)}::jsonb) as call (provider text, operation text, attempt integer,
      method text, origin text, status integer, "errorCode" text, "providerCode" text, "providerRequestId" text,
      "durationMs" double precision, request jsonb, response jsonb, traceparent text, "startedAt" timestamptz,
      "requestId" text, "userId" uuid, "paymentId" uuid, "bankId" text, failure text)
  `;
}

/** Deletes calls before `before`, and the oldest ones beyond `rowsMax`. Returns the number of deleted calls. */
export async function purgeOldCalls(
  queries: Queries,
  { before, rowsMax }: { before: Date; rowsMax: number },
): Promise<number> {
  const oldest = queries
    .selectFrom('outbound_calls')
    .select('id')
    .orderBy('id', 'desc')
    .offset(rowsMax)
    .limit(1);
  const result = await queries
    .deleteFrom('outbound_calls')
    .where((where) => where.or([where('started_at', '<', before), where('id', '<=', oldest)]))
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** The latest calls of a provider that are looked at for what they have in common. */
const latestMax = 1_000;
const codesMax = 3;

/** Why the latest calls failed after `since`, the most frequent first: codes of Drop or the provider, or statuses. */
export async function recentFailures(
  queries: Queries,
  { provider, bankId }: { provider: string; bankId: string | undefined },
  since: Date,
): Promise<{ code: string; count: number }[]> {
  const ofBank = bankId === undefined ? sql`true` : sql`bank_id = ${bankId}`;
  const { rows } = await sql<{ code: string; count: number }>`
    select coalesce(error_code, provider_code, status::text) as code, count(*)::integer as count
    from (
      select error_code, provider_code, status, failure, started_at from outbound_calls
      where provider = ${provider} and ${ofBank} order by id desc limit ${latestMax}
    ) as latest
    where started_at >= ${since} and (status is null or status >= 500 or failure is not null)
      and coalesce(error_code, provider_code, status::text) <> ''
    group by code order by count desc, code limit ${codesMax}
  `.execute(queries);
  return rows;
}
