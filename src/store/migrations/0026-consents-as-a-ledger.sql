-- What a customer consented to and when, how a consent ended, who read an account last, and the consents that have
-- ended in Drop and not yet at their provider.
-- oldest-compatible: 0016

alter table bank_connections
  -- As the customer was told when the consent was begun: `consentPurposes` and `consentReads` of that time.
  add column purposes text[] not null default '{show_balance,check_funds}',
  add column reads text[] not null default '{account_name,account_number,balance}',
  -- The company between Drop and the bank; null where there is none, and for consents of an earlier version.
  add column read_through text,
  -- The consent that this one takes the place of.
  add column renews uuid,
  -- Null while it has not ended, and for consents that an earlier version ended.
  add column end_cause text;

alter table bank_account_consents
  -- The last balance that was read with the consent, and whether the customer was there.
  add column read_at timestamptz,
  add column read_attended boolean;

-- Each is ended at its provider by a job, and keeps the provider's secrets until then.
create table consents_to_end (
  connection_id uuid primary key references bank_connections (id) on delete cascade,
  since timestamptz not null,
  due_at timestamptz not null
);
create index consents_to_end_due on consents_to_end (due_at);

create or replace function follow_consent_with_secrets() returns trigger language plpgsql as $$
begin
  if new.status in ('pending', 'active')
    or exists (select from consents_to_end where connection_id = new.id) then
    update provider_secrets set expires_at = new.valid_until
      where connection_id = new.id and new.valid_until is not null;
  else
    delete from provider_secrets where connection_id = new.id;
  end if;
  return null;
end $$;
