-- Operators list the payments of all customers, the newest first.
-- oldest-compatible: 0016
-- outside-transaction

create index concurrently if not exists transactions_created on transactions (created_at desc, id);
