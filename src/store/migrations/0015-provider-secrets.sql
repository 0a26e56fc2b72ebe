-- Secrets that a provider gave for one consent or one payment, encrypted, and the expiry of links to hosted pages.

create table provider_secrets (
  connection_id uuid unique references bank_connections (id) on delete cascade,
  payment_id uuid unique references transactions (id) on delete cascade,
  check (num_nonnulls(connection_id, payment_id) = 1),
  owner_id uuid generated always as (coalesce(connection_id, payment_id)) stored primary key,
  -- `v1.<key id>.<data>`; null until secrets are kept.
  sealed text,
  key_id text generated always as (split_part(sealed, '.', 2)) stored,
  -- Grows with each change of the secrets.
  version integer not null default 0,
  expires_at timestamptz,
  -- Whoever holds the lease may change the secrets, until the lease runs out.
  lease_holder uuid,
  leased_until timestamptz
);
create index provider_secrets_key on provider_secrets (key_id);
create index provider_secrets_expiry on provider_secrets (expires_at) where expires_at is not null;

-- A link to a hosted page is sealed from now on, in the same form. What is stored already is plain.
alter table transactions add column redirect_expires_at timestamptz;
create index transactions_redirect on transactions (id) where redirect_url is not null;

create function follow_consent_with_secrets() returns trigger language plpgsql as $$
begin
  if new.status in ('pending', 'active') then
    update provider_secrets set expires_at = new.valid_until
      where connection_id = new.id and new.valid_until is not null;
  else
    delete from provider_secrets where connection_id = new.id;
  end if;
  return null;
end $$;
create trigger bank_connections_lead_secrets after update of status, valid_until on bank_connections
  for each row execute function follow_consent_with_secrets();

-- A payment that is over and uncontradicted has nothing left to ask, and so no time at which it is due.
create function delete_secrets_of_payment() returns trigger language plpgsql as $$
begin
  delete from provider_secrets where payment_id = new.id;
  return null;
end $$;
create trigger transactions_end_secrets after update of due_at on transactions
  for each row when (old.due_at is not null and new.due_at is null) execute function delete_secrets_of_payment();
