-- Operators find a payment by its short reference, which is the end of its id.
-- oldest-compatible: 0016
-- outside-transaction

create index concurrently if not exists transactions_id_ending on transactions (right(id::text, 10));
