-- The bank is asked more often about a payment that its customer looks at.
-- oldest-compatible: 0016

alter table transactions
  -- When the customer last looked at the payment while it was not over.
  add column watched_at timestamptz,
  -- The provider wants no reading before that time; null where the last reading left none.
  add column wait_until timestamptz;
