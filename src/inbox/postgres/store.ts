import type { NewWebhook } from '../storage.ts';
import type { Run } from './run.ts';

/**
 * Ids follow the order of arrival, which is the order of handling. Rows are inserted in the order of their keys, so
 * that two processes that store the same keys cannot deadlock.
 */
const text = `
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
    case when count(*) > 0 then pg_notify($12, '') end as announced
  from stored
`;

/**
 * Stores webhooks with one statement and announces them on `channel` when at least one is new. Returns whether each is
 * new; of duplicates within `webhooks`, the first is. Ids follow the given order.
 */
export async function storeWebhooks(
  run: Run,
  webhooks: readonly NewWebhook[],
  channel: string,
): Promise<boolean[]> {
  const { rows } = await run(text, [...columnsOf(webhooks), channel], 'store_webhooks');
  const [stored] = rows as { storedCount: number; names: string[] | null }[];
  if (stored?.storedCount === webhooks.length) return webhooks.map(() => true);
  const unclaimed = new Set(stored?.names ?? []);
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
