-- Calls carry the bank that they were made to, so that an operator sees the calls of one bank.
-- oldest-compatible: 0016

alter table outbound_calls
  -- The provider's id of the bank; null where the call is about no bank, or was made by a version that did not say.
  add column bank_id text;
