-- Test cards: their holders, the cards, and the purchases that were tried with them. Never a number or a CVC.
-- oldest-compatible: 0016

create table card_holders (
  user_id uuid primary key references users (id) on delete cascade,
  -- The issuer's id of the holder.
  issuer_id text not null unique,
  created_at timestamptz not null
);

create table cards (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  type text not null check (type in ('virtual', 'physical')),
  status text not null check (status in ('inactive', 'active', 'canceled')),
  idempotency_key text not null,
  -- What the issuer answered; null until it has.
  issuer_id text unique,
  last4 text check (last4 ~ '^[0-9]{4}$'),
  exp_month integer check (exp_month between 1 and 12),
  exp_year integer check (exp_year between 2000 and 9999),
  currency text not null,
  limit_amount bigint check (limit_amount > 0),
  limit_interval text check (limit_interval in ('per_authorization', 'daily', 'weekly', 'monthly', 'yearly')),
  cancellation_reason text check (cancellation_reason in ('lost', 'stolen')),
  -- The card that this one replaces, and why.
  replacement_for uuid unique references cards (id) on delete cascade,
  replacement_reason text check (replacement_reason in ('damaged', 'expired', 'lost', 'stolen')),
  -- The first card of the replacements, itself where it replaces none: spending limits count over all of them.
  chain_id uuid not null,
  created_at timestamptz not null,
  -- When the holder first made it usable; a virtual card is usable from the start.
  activated_at timestamptz,
  canceled_at timestamptz,
  unique (user_id, idempotency_key),
  check ((issuer_id is null) = (last4 is null and exp_month is null and exp_year is null)),
  check ((limit_amount is null) = (limit_interval is null)),
  check ((replacement_for is null) = (replacement_reason is null)),
  check (cancellation_reason is null or status = 'canceled'),
  check ((canceled_at is null) = (status <> 'canceled'))
);
-- A customer has one card of each type at a time.
create unique index cards_one_of_each_type on cards (user_id, type) where status <> 'canceled';
create index cards_chain on cards (chain_id);

-- A canceled card is canceled for good.
create trigger canceled_cards_stand before update on cards
  for each row when (old.status = 'canceled') execute function refuse_change();

create table card_authorizations (
  id uuid primary key,
  card_id uuid not null references cards (id) on delete cascade,
  idempotency_key text not null,
  issuer_id text not null unique,
  approved boolean not null,
  reason text not null,
  status text not null check (status in ('pending', 'closed', 'reversed', 'expired')),
  method text not null,
  amount bigint not null check (amount > 0),
  currency text not null,
  merchant_name text not null,
  -- The issuer's id of the transaction that captured it.
  transaction_id text unique,
  authorized_at timestamptz not null,
  unique (card_id, idempotency_key)
);
create index card_authorizations_newest on card_authorizations (card_id, authorized_at desc, id);
