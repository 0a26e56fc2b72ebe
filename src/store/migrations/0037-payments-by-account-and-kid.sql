-- Operators find payments by an account or a KID, the newest first.
-- oldest-compatible: 0016
-- outside-transaction

create index concurrently if not exists transactions_creditor
  on transactions (creditor_account_number, created_at desc, id);
create index concurrently if not exists transactions_debtor
  on transactions (debtor_account_number, created_at desc, id);
create index concurrently if not exists transactions_kid
  on transactions (kid, created_at desc, id) where kid is not null;
