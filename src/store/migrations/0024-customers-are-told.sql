-- The devices of customers, and what customers were told of the end of their consents.
-- oldest-compatible: 0016
-- outside-transaction

-- A kind of device on which the customer has signed in: a browser or the app, the program and the system, by fixed
-- words that are empty where they are not known. Sessions are deleted soon; a sign-in from a device without a row here
-- is told to the customer.
create table if not exists known_devices (
  user_id uuid not null references users (id) on delete cascade,
  kind text not null,
  program text not null,
  system text not null,
  first_seen_at timestamptz not null,
  -- To the day.
  last_seen_at timestamptz not null,
  primary key (user_id, kind, program, system)
);
create index concurrently if not exists known_devices_age on known_devices (last_seen_at);

-- `told_days`: the customer was told that the consent ends in so many days; 0: that it has ended. `end_asked_at`: the
-- customer set out to end it in Drop.
alter table bank_connections
  add column if not exists told_days smallint,
  add column if not exists end_asked_at timestamptz;
create index concurrently if not exists bank_connections_ending on bank_connections (valid_until)
  where status = 'active';
