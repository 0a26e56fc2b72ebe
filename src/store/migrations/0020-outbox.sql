-- Messages to customers and operators, and the e-mail addresses of customers.
-- oldest-compatible: 0016

-- A message as a code and its parameters, one row for each channel. It is written in the transaction that causes it.
-- Texts are rendered when it is read or sent. The parameters hold ids and fixed words, and no personal data.
create table outbox (
  id uuid primary key,
  -- The order of messages to one recipient.
  sequence bigint generated always as identity,
  channel text not null check (channel in ('app', 'mail', 'alert')),
  -- `user:` and an id, or `operators`.
  recipient text not null,
  user_id uuid references users (id) on delete cascade,
  code text not null,
  parameters jsonb not null,
  -- At most one message with this key goes to a recipient over a channel.
  deduplication_key text,
  created_at timestamptz not null,
  -- `skipped`: there was no address, or the customer does not want the message. `dead`: given up.
  status text not null check (status in ('waiting', 'delivered', 'skipped', 'dead')),
  -- When it may be attempted; for a message in hand, when the claim on it ends.
  due_at timestamptz,
  attempts integer not null default 0,
  -- The claim of the process that attempts it.
  claim uuid,
  last_error text,
  settled_at timestamptz,
  -- The row of `email_addresses` to which a mail was last sent.
  address_id uuid,
  -- When the customer read it in the app.
  read_at timestamptz
);
create unique index outbox_once on outbox (channel, recipient, deduplication_key)
  where deduplication_key is not null;
create index outbox_waiting on outbox (channel, recipient, sequence) where status = 'waiting';
create index outbox_due on outbox (channel, due_at) where status = 'waiting';
create index outbox_of_user on outbox (user_id, sequence) where channel = 'app';
create index outbox_unread on outbox (user_id) where channel = 'app' and read_at is null;
create index outbox_dead on outbox (sequence) where status = 'dead';
create index outbox_age on outbox (created_at);

-- The mails that were attempted at each server in a second, by all processes together. Not worth a write to the log of
-- the database: after a crash it begins anew.
create unlogged table mail_rates (
  server text not null,
  second timestamptz not null,
  attempts integer not null,
  primary key (server, second)
);

-- `unverified`: the customer has not followed the link that was sent there. `former`: replaced or removed; kept until
-- the notice to it is sent.
create table email_addresses (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  address text not null,
  status text not null check (status in ('unverified', 'verified', 'former')),
  -- The token of the link that was sent there last: its hash, and until it is used or expires, the token itself,
  -- encrypted, from which each attempt to send the mail makes the same link.
  token_hash bytea,
  sealed_token text,
  token_expires_at timestamptz,
  created_at timestamptz not null,
  verified_at timestamptz,
  ended_at timestamptz
);
create unique index email_addresses_current on email_addresses (user_id, status) where status <> 'former';
create index email_addresses_former on email_addresses (ended_at) where status = 'former';

-- The mails with such a link, by what is counted (SHA-256 of a customer's id or of an address in lower case) and the
-- beginning of its period.
create table verification_mails (
  counted bytea not null,
  since timestamptz not null,
  mails integer not null,
  primary key (counted, since)
);

-- Addresses to which mail cannot be delivered, by SHA-256 of the address in lower case.
create table suppressed_addresses (
  address_hash bytea primary key,
  -- Codes and steps of SMTP; no address.
  reason text not null,
  at timestamptz not null
);

-- The language of mails, and which optional mails the customer gets. Null until the customer has chosen. A customer who
-- has declined to give an e-mail address is not asked again.
alter table users
  add column locale text,
  add column optional_mails text[],
  add column email_declined_at timestamptz;
