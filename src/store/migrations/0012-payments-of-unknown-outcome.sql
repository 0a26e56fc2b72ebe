-- A payment whose initiation had no answer has a status of its own, and each payment says when it is asked about next.

alter table transactions
  drop constraint transactions_status_check,
  add constraint transactions_status_check check (status in ('created', 'initiating', 'unknown',
    'awaiting_authorisation', 'authorised', 'scheduled', 'processing', 'settled', 'rejected', 'cancelled',
    'expired', 'failed')),
  -- When the order was last handed to the bank: its quarantine runs from here.
  add column initiated_at timestamptz,
  -- When the customer came back from the bank.
  add column returned_at timestamptz,
  -- Since when the bank contradicts what Drop holds; null while it does not.
  add column contradicted_at timestamptz,
  -- What it contradicts: members of the order, `reference`, `second_payment`; empty where it is the status.
  add column contradiction text[],
  -- When to ask the bank; null when there is nothing to ask.
  add column due_at timestamptz;

-- What a contradiction is about, as above.
alter table transaction_events add column differences text[];

-- Until now `created` stood for an initiation that was under way or had no answer.
update transactions set initiated_at = created_at;
update transactions set status = 'unknown' where status = 'created';
-- `failed` now says that the bank certainly does not have it. These had no answer for half an hour.
update transactions set status = 'expired' where status = 'failed' and reason = 'authorisation_expired';
update transactions set contradicted_at = noted.at, contradiction = '{}'
  from (select transaction_id, max(at) as at from transaction_events where outcome = 'contradiction' group by 1) as noted
  where noted.transaction_id = transactions.id;
update transactions set due_at = now()
  where contradicted_at is not null
    or status in ('unknown', 'awaiting_authorisation', 'authorised', 'processing');

drop index transactions_open;
-- Bank by bank, so that those of one bank that does not answer need not be read to find the others'.
create index transactions_due on transactions (provider, bank_id, due_at) where due_at is not null;
