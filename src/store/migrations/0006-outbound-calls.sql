-- What Drop asked of providers and what came of it, for the operator. No bodies: of them only the fields that are
-- named in the provider's folder, and no personal data is among those.

create table outbound_calls (
  id bigint generated always as identity primary key,
  provider text not null,
  operation text not null,
  -- 1 for the first, more for repetitions.
  attempt integer not null,
  method text not null,
  origin text not null,
  -- Null when no answer came.
  status integer,
  error_code text,
  -- The provider's own word, and what to quote to its support.
  provider_code text,
  provider_request_id text,
  duration_ms double precision not null,
  request jsonb,
  response jsonb,
  -- W3C Trace Context, where traces are kept.
  traceparent text,
  started_at timestamptz not null
);
create index outbound_calls_provider on outbound_calls (provider, id desc);
create index outbound_calls_started on outbound_calls (started_at);

-- What a provider must not be asked before, so that a process which begins late need not find it out.
create table provider_breakers (
  provider text not null,
  -- The part of the provider, e.g. a bank; empty for all of it.
  scope text not null default '',
  open_until timestamptz not null,
  primary key (provider, scope)
);

-- The trace of the request that began them, which webhooks and polls link to.
alter table transactions add column traceparent text;
alter table kyc_applicants add column traceparent text;
