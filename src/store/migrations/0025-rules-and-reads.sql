-- What a bank takes in payments, the kind of a balance, and the readings of which a bank allows few.
-- oldest-compatible: 0016

alter table bank_connections
  -- As the provider listed them when the consent was begun, as JSON; null where it lists none.
  add column payment_rules jsonb;

alter table bank_accounts
  -- `available`, `booked` or `other`; null for a balance of an earlier version.
  add column balance_kind text,
  -- When the account was read without the customer in the last 24 hours; never more than four times.
  add column unattended_reads_at timestamptz[] not null default '{}';
