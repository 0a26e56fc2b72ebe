-- How a bank is to carry out an order.
-- oldest-compatible: 0016

alter table transactions
  -- The day in Norway on which the bank is to act; null where it acts as soon as it usually does.
  add column execution_date date,
  add column is_instant boolean not null default false;
