-- Errors of all processes, and the delivery of alerts to the operators.
-- oldest-compatible: 0016

-- The errors that a process counted in a second. Kept for a minute, or until an error spike that they belong to ends.
create table error_tallies (
  second timestamptz not null,
  process uuid not null,
  -- When the last of them was counted.
  last_at timestamptz not null,
  errors integer not null,
  -- How many had which code at which provider.
  causes jsonb not null,
  -- Ids of some of the customers concerned.
  customers uuid[] not null,
  primary key (second, process)
);

-- The error spike: one row, without a time while there is none. The counts are of errors that are older than a minute.
create table error_spike (
  only_row boolean primary key default true check (only_row),
  since timestamptz,
  last_at timestamptz,
  errors bigint not null default 0,
  causes jsonb not null default '[]',
  customers uuid[] not null default '{}'
);
insert into error_spike default values;

-- How the alerts that wait in the outbox are delivered: one row.
create table alert_delivery (
  only_row boolean primary key default true check (only_row),
  -- The process that makes an attempt, and until when no other may.
  holder uuid,
  held_until timestamptz not null default 'epoch',
  -- When the channel may get its next message: its usual pace, and how long it asked to be left alone.
  slot_at timestamptz not null default 'epoch',
  paused_until timestamptz not null default 'epoch',
  -- When the next mail may be sent in the channel's place.
  mail_at timestamptz not null default 'epoch',
  -- Since when, how often and why the channel has failed; null while it delivers.
  failing_since timestamptz,
  failures integer not null default 0,
  last_failure text,
  -- Whether the last attempt failed for good: the channel refuses until an operator acts.
  is_refused boolean not null default false
);
insert into alert_delivery default values;

-- Alerts that were sent lately, by the SHA-256 of their text: identical ones are merged until the minute is over.
create table alert_repetitions (
  fingerprint bytea primary key,
  until timestamptz not null
);
