-- Calls carry the bank that they were made to and what failed, and replays the operator who asked for them.
-- oldest-compatible: 0016

alter table outbound_calls
  -- The provider's id of the bank; null where the call is about no bank, or was made by a version that did not say.
  add column bank_id text,
  -- What an answer says has failed, whatever its HTTP status: the provider, the bank behind it, or
  -- this request alone.
  add column failure text check (failure in ('provider', 'scope', 'request'));

alter table webhook_replays
  -- The operator's name; null where a version asked that did not say.
  add column replayed_by text check (replayed_by <> '');
