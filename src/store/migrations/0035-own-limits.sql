-- The limits that customers set for their own payments, in øre; null without one.
-- oldest-compatible: 0016

alter table users
  add column payment_limit bigint check (payment_limit > 0),
  add column day_limit bigint check (day_limit > 0);
