-- From `consumed_at` to `ended_at` a sign-in is under way: its callback may come a second time before the browser has
-- the session that the first one opens. What was consumed before this has ended.
alter table sign_in_transactions add column ended_at timestamptz;
