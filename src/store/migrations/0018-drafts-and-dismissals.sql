-- Drafts of payments, payments that a customer put aside, and readings of balances after a settlement.
-- oldest-compatible: 0016

-- A payment that a customer has begun to fill in: one per customer, encrypted as other sealed texts are.
create table payment_drafts (
  user_id uuid primary key references users (id) on delete cascade,
  sealed text,
  saved_at timestamptz not null
);
create index payment_drafts_age on payment_drafts (saved_at);

-- When the customer put aside a payment that they had not approved.
alter table transactions add column dismissed_at timestamptz;

-- When Drop last set out to read the balance because a payment from the account was settled.
alter table bank_accounts add column settlement_read_at timestamptz;
