-- A payment without an answer is looked up in the transactions of its account.
-- oldest-compatible: 0016

alter table transactions
  add column looked_up_at timestamptz,
  -- The result of the last look-up: its outcome, and hints by the bank's references.
  add column look_up jsonb;
