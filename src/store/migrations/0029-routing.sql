-- The provider that serves a consent which is begun now, and why it was chosen.
-- oldest-compatible: 0016

-- Every change of the policy, which is its history too: the newest row is in force. Rows are never changed.
create table routing_changes (
  version integer primary key check (version > 0),
  kind text not null check (kind in ('apply', 'rollback', 'stop', 'resume')),
  -- Null where the environment alone decides.
  policy jsonb,
  -- The version whose policy a rollback brought back; 0 for the environment alone.
  restores integer,
  changed_at timestamptz not null,
  changed_by text not null,
  reason text not null
);

alter table bank_connections
  -- The bank by a name that is the same at every provider; null for a consent of an earlier version.
  add column bank_key text,
  -- The version of the policy by which the provider was chosen: 0 where the environment alone decided.
  add column routing_version integer,
  add column routing_reason text;
