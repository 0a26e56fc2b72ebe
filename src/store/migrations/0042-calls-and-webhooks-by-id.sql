-- Calls and webhooks carry the ids of the work that they belong to, so that an operator finds them by these.
-- oldest-compatible: 0016

alter table outbound_calls
  add column request_id text,
  add column user_id uuid,
  add column payment_id uuid;

-- The id that the request which brought the webhook was answered with, and its trace where traces are kept.
alter table webhook_inbox
  add column request_id text,
  add column traceparent text;
