-- What an operator had handled again, and why.

create table webhook_replays (
  id bigint generated always as identity primary key,
  reason text not null check (reason <> ''),
  -- What was asked for, as on the command line.
  filters jsonb not null,
  webhooks integer not null,
  replayed_at timestamptz not null
);

-- `attempts` counts how often a webhook was taken, and never goes back: it tells a worker's claim from every other.
-- `failures` counts what failed since it came or was replayed: after it come delay, order and giving up.
alter table webhook_inbox add column failures integer not null default 0;
update webhook_inbox set failures = attempts where status <> 'handled' and last_error is not null;
-- The last replay.
alter table webhook_inbox add column replay_id bigint references webhook_replays;
