-- The recipients that customers save, each under a name of the customer's own.
-- oldest-compatible: 0016

create table saved_creditors (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  label text not null,
  name text not null,
  account_number text not null,
  saved_at timestamptz not null,
  unique (user_id, account_number)
);
