-- Feature flags that operators switch, for everyone or for one person.
-- oldest-compatible: 0016

-- Every act, which is the history too: the newest row of a flag and a person is in force. No reference to the person:
-- an act of an operator outlives its subject.
create table flag_changes (
  id bigint generated always as identity primary key,
  flag text not null check (flag <> ''),
  -- Null for everyone.
  user_id uuid,
  -- Null where the setting is taken away, so that a wider one decides.
  is_on boolean,
  changed_at timestamptz not null,
  -- The operator's name.
  changed_by text not null check (changed_by <> ''),
  reason text not null check (reason <> '')
);
create index flag_changes_newest on flag_changes (flag, user_id, id desc);

create trigger flag_changes_stand before update or delete or truncate on flag_changes
  for each statement execute function refuse_change();
