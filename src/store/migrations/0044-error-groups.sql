-- Errors of the log, those of one cause together.
-- oldest-compatible: 0016

create table error_groups (
  id integer generated always as identity primary key,
  fingerprint text not null unique,
  title text not null,
  name text not null,
  code text,
  place text not null,
  errors bigint not null check (errors > 0),
  first_at timestamptz not null,
  first_release text not null,
  last_at timestamptz not null,
  last_release text not null,
  -- The latest error: message, frames and ids, redacted.
  example jsonb not null,
  -- Set by an operator; a later error of the group takes it away.
  resolved_at timestamptz,
  resolved_by text
);
create index error_groups_last on error_groups (last_at);
