-- Consents at banks, the accounts they open, and payments.

create table bank_connections (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  -- Checked text, not an enumeration: a provider is added by adding a folder.
  provider text not null,
  bank_id text not null,
  bank_name text not null,
  status text not null
    check (status in ('pending', 'active', 'expired', 'revoked', 'cancelled', 'failed')),
  state_hash bytea not null unique,
  -- The provider's reference of the consent, known once it is granted.
  consent_reference text,
  valid_until timestamptz,
  created_at timestamptz not null,
  -- When the customer came back; a consent is completed once.
  returned_at timestamptz,
  ended_at timestamptz,
  unique (provider, consent_reference)
);
create index bank_connections_user on bank_connections (user_id, created_at);

create table bank_accounts (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  connection_id uuid not null references bank_connections (id),
  provider text not null,
  -- Stable over re-consent; `reference` lives as long as the consent.
  identity text not null,
  reference text not null,
  account_number text,
  name text,
  currency text not null,
  -- Minor units (øre).
  balance bigint,
  balance_type text,
  balance_at timestamptz,
  created_at timestamptz not null,
  unique (user_id, provider, identity)
);
create index bank_accounts_connection on bank_accounts (connection_id);

create table transactions (
  id uuid primary key,
  user_id uuid not null references users (id) on delete restrict,
  account_id uuid not null references bank_accounts (id) on delete restrict,
  -- Chosen once and kept: status, webhooks and everything later go to this provider.
  provider text not null,
  bank_id text not null,
  bank_name text not null,
  -- The provider's id of the payment; null until the provider is known to have it.
  payment_id text,
  status text not null
    check (status in ('created', 'awaiting_authorisation', 'authorised', 'processing', 'settled', 'rejected',
      'cancelled', 'failed')),
  reason text,
  amount bigint not null check (amount > 0),
  currency text not null,
  debtor_account_number text not null,
  creditor_name text not null,
  creditor_account_number text not null,
  kid text,
  remittance_text text check (kid is null or remittance_text is null),
  -- SHA-256 over what the customer approves: amount, currency, creditor, remittance (RTS Article 5).
  order_hash bytea not null,
  creditor_credited boolean not null default false,
  redirect_url text,
  state_hash bytea not null unique,
  idempotency_key text not null,
  request_hash bytea not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- When the provider was last asked about it.
  asked_at timestamptz,
  settled_at timestamptz,
  unique (user_id, idempotency_key),
  unique (provider, payment_id)
);
create index transactions_user on transactions (user_id, created_at desc, id);
create index transactions_open on transactions (asked_at nulls first)
  where status in ('created', 'awaiting_authorisation', 'authorised', 'processing');

-- Every move of a payment, with what told of it. Only ever added to.
create table transaction_events (
  id bigint generated always as identity primary key,
  transaction_id uuid not null references transactions (id) on delete restrict,
  status text not null,
  evidence text not null check (evidence in ('initiation', 'callback', 'webhook', 'poll', 'customer')),
  wire_status text,
  reason_code text,
  -- `moved`, or `contradiction`: a final status denied by a later report, kept for the operator.
  outcome text not null check (outcome in ('moved', 'contradiction')),
  at timestamptz not null
);
create index transaction_events_transaction on transaction_events (transaction_id, id);
