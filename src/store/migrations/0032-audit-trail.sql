-- The audit trail: what was done, in chains of hashes, and one signed root for each day.
-- oldest-compatible: 0016

-- A chain belongs to one payment (`payment:` and its id), or to one act (`verdict:` and the id of its row). An entry
-- holds a digest of what it records and not the values, so that these can be erased.
create table audit_entries (
  chain text collate "C" not null,
  -- From 1 upwards, without a gap.
  sequence integer not null check (sequence > 0),
  kind text not null,
  -- The ids of the rows that the entry records, separated by commas; empty where it holds the facts itself.
  rows text not null,
  -- Facts that no other row holds: ids and fixed words as JSON; no personal data.
  facts text,
  -- The customer. The id names nobody once the customer is erased.
  subject uuid,
  at timestamptz not null,
  -- The day whose root covers the entry. It is the day of `at` (UTC), or a later one where that was closed already.
  day date not null,
  digest bytea not null,
  previous bytea not null,
  hash bytea not null,
  -- Null once the customer is erased: nobody can find out then what the digest was made of.
  salt text,
  primary key (chain, sequence)
);
create index audit_entries_day on audit_entries (day, chain, sequence);
create index audit_entries_subject on audit_entries (subject) where subject is not null and salt is not null;

-- The days to which no entry is added any more.
create table audit_days (
  day date primary key,
  closed_at timestamptz not null
);

create table audit_roots (
  day date primary key,
  -- What is signed, as JSON.
  statement text not null,
  public_key text not null,
  signature text not null
);

-- Of an entry, only the salt can be removed.
create trigger audit_entries_stand before update on audit_entries for each row
  when (new.salt is not null
    or (old.chain, old.sequence, old.kind, old.rows, old.facts, old.subject, old.at, old.day)
      is distinct from (new.chain, new.sequence, new.kind, new.rows, new.facts, new.subject, new.at, new.day)
    or (old.digest, old.previous, old.hash) is distinct from (new.digest, new.previous, new.hash))
  execute function refuse_change();
create trigger audit_entries_are_kept before delete or truncate on audit_entries
  for each statement execute function refuse_change();
create trigger audit_days_stand before update or delete or truncate on audit_days
  for each statement execute function refuse_change();
create trigger audit_roots_stand before update or delete or truncate on audit_roots
  for each statement execute function refuse_change();
