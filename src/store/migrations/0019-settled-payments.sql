-- Whether an account was paid from since its balance was read, and which accounts were paid from lately.
-- oldest-compatible: 0016
-- outside-transaction

create index concurrently if not exists transactions_settled_from on transactions (account_id, settled_at)
  where settled_at is not null;
create index concurrently if not exists transactions_settled on transactions (settled_at, account_id)
  where settled_at is not null;
