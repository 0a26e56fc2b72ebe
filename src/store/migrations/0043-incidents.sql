-- The record of incidents: what operators found out, decided and reported, and when.
-- oldest-compatible: 0016

create table incidents (
  id integer generated always as identity primary key
);

create table incident_entries (
  id bigint generated always as identity primary key,
  incident_id integer not null references incidents (id),
  at timestamptz not null,
  -- The operator's name.
  actor_name text not null check (actor_name <> ''),
  note text check (note <> ''),
  facts jsonb not null check (jsonb_typeof(facts) = 'object')
);
create index incident_entries_incident on incident_entries (incident_id, id);
create index incident_entries_at on incident_entries (at);

create trigger incident_entries_stand before update or delete or truncate on incident_entries
  for each statement execute function refuse_change();
create trigger incidents_stand before update or delete or truncate on incidents
  for each statement execute function refuse_change();
