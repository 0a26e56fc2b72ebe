-- A fingerprint of every key that Drop was started with, so that another key under the same id is noticed at a start.
-- It is derived from the key one way, and opens and computes nothing.
-- oldest-compatible: 0016

create table key_fingerprints (
  purpose text not null check (purpose in ('national_id_hash', 'data_encryption')),
  key_id text not null,
  fingerprint text not null,
  recorded_at timestamptz not null,
  primary key (purpose, key_id)
);
