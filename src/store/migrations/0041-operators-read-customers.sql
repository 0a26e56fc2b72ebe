-- Operators who search for customers, read one, or read a webhook's body leave their name and their reason. Processes
-- of Drop report that they run.
-- oldest-compatible: 0016

-- Kept for five years. No references: an entry outlives what it is about.
create table customer_access_log (
  id bigint generated always as identity primary key,
  -- The customer; null for a search that found no customer, and for a webhook.
  user_id uuid,
  -- The operator's name.
  actor_name text not null,
  what text not null check (what in ('search', 'data', 'webhook_body')),
  -- The kind of thing that was searched for, or the id of the webhook; never the searched text itself.
  subject text not null,
  why text not null check (why <> ''),
  at timestamptz not null
);
create index customer_access_log_user on customer_access_log (user_id, id);
create index customer_access_log_at on customer_access_log (at);

create trigger customer_access_log_stands before update or truncate on customer_access_log
  for each statement execute function refuse_change();
create trigger customer_access_log_is_kept before delete on customer_access_log
  for each row when (old.at > now() - interval '5 years' + interval '1 day') execute function refuse_change();

-- One row for each process, which it renews every minute and removes when it ends.
create table running_processes (
  id uuid primary key,
  host text not null,
  pid integer not null,
  version text not null,
  started_at timestamptz not null,
  seen_at timestamptz not null
);
