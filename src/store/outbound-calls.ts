import { sql } from 'kysely';
import type { Queries } from './database.ts';

/** A call to a provider as it is kept. */
export interface KeptCall {
  provider: string;
  operation: string;
  attempt: number;
  method: string;
  origin: string;
  status: number | null;
  errorCode: string | null;
  providerCode: string | null;
  providerRequestId: string | null;
  durationMs: number;
  request: unknown;
  response: unknown;
  traceparent: string | null;
  /** ISO 8601. */
  startedAt: string;
}

/** Writes calls down, in one statement however many they are. */
export async function insertCalls(queries: Queries, calls: readonly KeptCall[]): Promise<void> {
  await sql`
    insert into outbound_calls (provider, operation, attempt, method, origin, status, error_code, provider_code,
      provider_request_id, duration_ms, request, response, traceparent, started_at)
    select provider, operation, attempt, method, origin, status, "errorCode", "providerCode", "providerRequestId",
      "durationMs", request, response, traceparent, "startedAt"
    from jsonb_to_recordset(${JSON.stringify(calls)}::jsonb) as call (provider text, operation text, attempt integer,
      method text, origin text, status integer, "errorCode" text, "providerCode" text, "providerRequestId" text,
      "durationMs" double precision, request jsonb, response jsonb, traceparent text, "startedAt" timestamptz)
  `.execute(queries);
}

export interface CallFilter {
  provider?: string;
  operation?: string;
  /** Only calls of a smaller id, to go on from a page. */
  beforeId?: number;
  limit: number;
}

/** The newest calls first. */
export async function findCalls(
  queries: Queries,
  filter: CallFilter,
): Promise<(KeptCall & { id: number })[]> {
  let query = queries.selectFrom('outbound_calls').selectAll().orderBy('id', 'desc').limit(filter.limit);
  if (filter.provider !== undefined) query = query.where('provider', '=', filter.provider);
  if (filter.operation !== undefined) query = query.where('operation', '=', filter.operation);
  if (filter.beforeId !== undefined) query = query.where('id', '<', filter.beforeId);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    provider: row.provider,
    operation: row.operation,
    attempt: row.attempt,
    method: row.method,
    origin: row.origin,
    status: row.status,
    errorCode: row.error_code,
    providerCode: row.provider_code,
    providerRequestId: row.provider_request_id,
    durationMs: row.duration_ms,
    request: row.request,
    response: row.response,
    traceparent: row.traceparent,
    startedAt: row.started_at.toISOString(),
  }));
}

/** Deletes calls from before `before`, and the oldest beyond `rowsMax`; returns how many. */
export async function forgetOldCalls(
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
