import { sql, type RawBuilder } from 'kysely';
import type { RecordedCall } from '#domain/recorded-call.ts';
import { allOf } from './conditions.ts';
import type { Queries } from './database.ts';
import { ofPayment, type TracedPayment } from './payment-traces.ts';

/**
 * The outcome of a call: a status below 400; a 4xx; a 5xx or an answer that says that the provider or the bank failed,
 * whatever its status; or no usable answer.
 */
const callOutcomes = ['answered', 'refused', 'failed', 'unanswered'] as const;
export type CallOutcome = (typeof callOutcomes)[number];
/** What calls are searched for by; `faulty` is every outcome but `answered`. */
export const soughtOutcomes = [...callOutcomes, 'faulty'] as const;

/** An operator's search filters; an absent filter matches everything. */
export interface CallFilters {
  provider?: string | undefined;
  /** The operation's name, with or without its provider: `sumsub.access_token` or `access_token`. */
  operation?: string | undefined;
  outcome?: (typeof soughtOutcomes)[number] | undefined;
  /** The provider's id of the bank, or its name as customers see it. */
  bank?: string | undefined;
  /** Drop's id of the request, or the provider's. */
  requestId?: string | undefined;
  /** The trace's id, 32 hexadecimal digits. */
  traceId?: string | undefined;
  userId?: string | undefined;
  payment?: TracedPayment | undefined;
  since?: Date | undefined;
  /** Exclusive. */
  until?: Date | undefined;
  /** The id of the entry after which the page begins. */
  after?: number | undefined;
}

/** A call without the fields of its bodies. */
export interface ListedCall extends Omit<RecordedCall, 'request' | 'response'> {
  id: number;
  outcome: CallOutcome;
}

export type KeptCall = ListedCall & Pick<RecordedCall, 'request' | 'response'>;

const outcome = sql<CallOutcome>`
  case when status is null then 'unanswered' when failure is not null then 'failed' when status < 400 then 'answered'
  when status < 500 then 'refused' else 'failed' end
`;

const columns = sql`
  id, provider, operation, attempt, method, origin, ${outcome} as outcome, status, error_code as "errorCode",
  provider_code as "providerCode", provider_request_id as "providerRequestId", duration_ms as "durationMs", traceparent,
  request_id as "requestId", user_id as "userId", payment_id as "paymentId", bank_id as "bankId", failure,
  to_char(started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "startedAt"
`;

/** The newest first. */
export async function listCalls(
  queries: Queries,
  filters: CallFilters,
  limit: number,
): Promise<ListedCall[]> {
  const { rows } = await sql<ListedCall>`
    select ${columns} from outbound_calls where ${conditionOf(filters)} order by id desc limit ${limit}
  `.execute(queries);
  return rows;
}

export async function findCall(queries: Queries, id: number): Promise<KeptCall | undefined> {
  const { rows } = await sql<KeptCall>`
    select ${columns}, request, response from outbound_calls where id = ${id}
  `.execute(queries);
  return rows[0];
}

function conditionOf(filters: CallFilters): RawBuilder<boolean> {
  const { provider, operation, bank, requestId, traceId, userId, payment, since, until, after } = filters;
  return allOf([
    [provider, sql`provider = ${provider}`],
    [operation, sql`operation in (${operation}, provider || '.' || ${operation})`],
    [filters.outcome, withOutcome(filters.outcome)],
    [bank, bank === undefined ? sql`false` : atBank(bank)],
    [requestId, sql`(request_id = ${requestId} or provider_request_id = ${requestId})`],
    [traceId, sql`split_part(traceparent, '-', 2) = ${traceId}`],
    [userId, sql`user_id = ${userId}`],
    [payment, payment ? ofPayment(payment) : sql`false`],
    [since, sql`started_at >= ${since}`],
    [until, sql`started_at < ${until}`],
    [after, sql`id < ${after}`],
  ]);
}

function withOutcome(sought: CallFilters['outcome']): RawBuilder<boolean> {
  return sought === 'faulty' ? sql`${outcome} <> 'answered'` : sql`${outcome} = ${sought}`;
}

/** The ids of a bank are those by which customers have linked it, whatever the provider. */
function atBank(bank: string): RawBuilder<boolean> {
  return sql`(lower(bank_id) = lower(${bank}) or bank_id in (
    select unnest(array[bank_id, payment_bank_id]) from bank_connections where lower(bank_name) = lower(${bank})
  ))`;
}
