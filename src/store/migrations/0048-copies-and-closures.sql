-- Customers take a copy of their data, and close their account.
-- oldest-compatible: 0016

-- When the account was closed. The row stays for as long as payments of the customer must be kept.
alter table users add column closed_at timestamptz;

-- One closing of an account, which goes on until each of its steps is done. No reference: it outlives the customer.
create table account_closures (
  user_id uuid primary key,
  asked_at timestamptz not null,
  asked_by text not null check (asked_by in ('customer', 'operator')),
  -- From then on nothing of the customer is kept.
  kept_until timestamptz not null,
  -- The steps of the erasure that are done (src/store/privacy/column.ts).
  steps_done text[] not null default '{}',
  attempts integer not null default 0,
  -- When the steps that are left are tried again.
  due_at timestamptz not null,
  done_at timestamptz
);
create index account_closures_due on account_closures (due_at) where done_at is null;
create index account_closures_kept_until on account_closures (kept_until);

-- The copies of their data that customers asked for.
create table data_copies (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  locale text not null check (locale in ('nb', 'en')),
  asked_at timestamptz not null,
  -- The key of the archive in the file storage, once it was made.
  file_key text,
  bytes bigint,
  ready_at timestamptz,
  -- The archive is deleted then.
  expires_at timestamptz not null,
  -- When the making was given up.
  failed_at timestamptz
);
create index data_copies_user on data_copies (user_id, asked_at);
create index data_copies_expiry on data_copies (expires_at);
