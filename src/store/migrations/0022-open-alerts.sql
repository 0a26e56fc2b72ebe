-- The conditions that operators were alerted to and that are not over, when each scheduled job last did its work, and
-- how many webhooks of each provider were accepted and refused lately.
-- oldest-compatible: 0016

create table open_alerts (
  -- The kind of the alert.
  key text not null,
  -- What the condition concerns, such as a provider, or a bank at one. Never a person.
  subject text not null,
  -- What the alert was written with: ids, numbers and closed words.
  parameters jsonb not null,
  -- An alert that was raised at one stage is raised again at another, as when a certificate has fewer days left.
  stage integer not null,
  raised_at timestamptz not null,
  -- Since when the condition does not hold; it is over when that has lasted.
  calm_since timestamptz,
  primary key (key, subject)
);

create table scheduled_runs (
  job text primary key,
  -- When it last ended without a failure; at first, when a process began to watch it.
  done_at timestamptz not null
);

-- One row for each provider and minute, for an hour.
create table webhook_tallies (
  provider text not null,
  minute timestamptz not null,
  accepted integer not null,
  refused integer not null,
  primary key (provider, minute)
);
