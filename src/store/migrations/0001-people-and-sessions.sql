-- People, how they sign in, and what keeps them signed in.

create table users (
  id uuid primary key,
  -- HMAC-SHA-256 (or, where that was chosen out loud, SHA-256) of the national identity number; the number itself is nowhere.
  national_id_hash text not null unique,
  national_id_hash_key_id text not null,
  bankid_issuer text not null,
  bankid_subject text not null,
  name text not null,
  kyc_status text not null default 'none'
    check (kyc_status in ('none', 'pending', 'queued', 'approved', 'rejected')),
  created_at timestamptz not null,
  unique (bankid_issuer, bankid_subject)
);

create table sign_in_transactions (
  -- SHA-256 of `state`, so that a reader of this table cannot finish somebody's sign-in.
  state_hash bytea primary key,
  -- SHA-256 of the cookie that binds the transaction to one browser.
  browser_hash bytea not null,
  nonce text not null,
  code_verifier text not null,
  redirect_uri text not null,
  return_to text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  consumed_at timestamptz
);
create index sign_in_transactions_expiry on sign_in_transactions (expires_at);

create table sessions (
  id uuid primary key,
  token_hash bytea not null unique,
  user_id uuid not null references users (id) on delete cascade,
  user_agent text,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index sessions_user on sessions (user_id);
create index sessions_expiry on sessions (expires_at);
