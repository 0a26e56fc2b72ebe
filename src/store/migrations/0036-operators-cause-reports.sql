-- A report that an operator caused says so.
-- oldest-compatible: 0016

-- Each row keeps the narrower check until now, so that nothing is left to validate.
alter table transaction_events
  drop constraint transaction_events_evidence_check,
  add constraint transaction_events_evidence_check
    check (evidence in ('initiation', 'callback', 'webhook', 'poll', 'customer', 'operator')) not valid;

alter table transactions
  -- When an operator had the bank asked; null again once it was asked.
  add column wanted_at timestamptz;
