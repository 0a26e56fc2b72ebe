-- Operators who read a payment, or have its bank asked, leave their name and their reason.
-- oldest-compatible: 0016

-- Kept for five years. No references: an entry outlives what it is about.
create table payment_access_log (
  id bigint generated always as identity primary key,
  payment_id uuid not null,
  user_id uuid not null,
  -- The operator's name.
  actor_name text not null,
  what text not null check (what in ('timeline', 'reading')),
  why text not null check (why <> ''),
  at timestamptz not null
);
create index payment_access_log_payment on payment_access_log (payment_id, id);
create index payment_access_log_at on payment_access_log (at);

create trigger payment_access_log_stands before update or truncate on payment_access_log
  for each statement execute function refuse_change();
create trigger payment_access_log_is_kept before delete on payment_access_log
  for each row when (old.at > now() - interval '5 years' + interval '1 day') execute function refuse_change();
