/** The statements that make the table of the inbox. `status` is `received`, `handled` or `dead`. */
export const inboxSchema = `
  create table webhook_inbox (
    id bigint generated always as identity primary key,
    provider text not null,
    deduplication_key text not null,
    subject text not null,
    event_type text not null,
    raw_body bytea not null,
    status text not null default 'received' check (status in ('received', 'handled', 'dead')),
    attempts integer not null default 0,
    next_attempt_at timestamptz not null,
    last_error text,
    received_at timestamptz not null,
    handled_at timestamptz,
    failures integer not null default 0,
    in_hand boolean not null default false,
    request_id text,
    traceparent text,
    unique (deduplication_key, provider)
  );
  create index webhook_inbox_due on webhook_inbox (next_attempt_at, id) where status = 'received';
  create index webhook_inbox_subject on webhook_inbox (subject, provider, id) where status = 'received';
`;
