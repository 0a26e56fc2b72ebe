-- The balance of an account at two providers, compared when its customer's consent moved from one to the other.
-- oldest-compatible: 0016

-- No amounts: only whether they were the same.
create table routing_parity (
  id bigint generated always as identity primary key,
  account_id uuid not null references bank_accounts (id) on delete cascade,
  -- The bank by a name that is the same at every provider.
  bank_key text not null,
  former_provider text not null,
  new_provider text not null,
  outcome text not null check (outcome in ('equal', 'different', 'not_comparable', 'not_readable')),
  -- Of a reading that failed: Drop's code of the error, and the provider.
  error_code text,
  failed_provider text,
  -- The time between the two readings; null where one of them failed.
  apart_ms integer,
  compared_at timestamptz not null
);
create index routing_parity_compared_at on routing_parity (compared_at);
create index routing_parity_account on routing_parity (account_id);
