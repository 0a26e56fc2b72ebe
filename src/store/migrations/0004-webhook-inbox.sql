-- Webhooks as they came. A row is written before the sender gets its 2xx; duplicates are known by their key for ever.

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
  unique (provider, deduplication_key)
);
create index webhook_inbox_due on webhook_inbox (next_attempt_at, id) where status = 'received';
create index webhook_inbox_subject on webhook_inbox (provider, subject, id) where status = 'received';
