-- A consent may be known to the provider from its start, may be approved in the bank's own app, and may name the bank
-- differently for payments than for accounts.
alter table bank_connections
  -- Null where the provider initiates no payments at the bank.
  add column payment_bank_id text,
  -- The decoupled step that the customer has to do, as JSON; null where there is none.
  add column decoupled_step jsonb,
  -- Not before then is the provider asked again about the decoupled step.
  add column ask_again_at timestamptz,
  -- When the provider was last asked whether the consent still holds.
  add column read_at timestamptz;
update bank_connections set payment_bank_id = bank_id;
create index bank_connections_to_read on bank_connections (read_at nulls first) where status = 'active';

alter table transactions add column decoupled_step jsonb;
